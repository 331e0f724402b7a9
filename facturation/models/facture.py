"""An invoice. It exists once issued: there is no draft, and nothing of it ever changes."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import models, transaction
from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from facturation.erreurs import MontantRefuse
from facturation.immuable import Immuable, SansVidage, TientLeReste, TotalJuste
from facturation.montants import NUL, au_centime
from famille.models import Compte, Famille
from francais import date_courte, euros
from socle.adresses.formes import adresse_de
from socle.periodes import sans_chevauchement
from socle.verrous import verrouiller

from .avoir import Avoir
from .campagne import CampagneDeFacturation
from .compteur import Compteur
from .ligne import Ligne
from .operation import Operation

PATIENCE = timedelta(minutes=15)  # an invoice that has waited so long for its paper: its worker may well be dead


class EtatFacture(models.TextChoices):
    A_REGLER = "a_regler", "À régler"
    EN_COURS = "en_cours", "En cours de paiement"
    EN_RETARD = "en_retard", "En retard"
    REGLEE = "reglee", "Réglée"
    ANNULEE = "annulee", "Annulée"


def somme_par_facture(modele: type[models.Model]) -> Coalesce:
    """In €: of the avoirs, or of the payments, of each invoice."""
    par_facture = modele._default_manager.order_by().filter(facture=OuterRef("pk")).values("facture")
    total = par_facture.annotate(total=Sum("montant")).values("total")
    return Coalesce(Subquery(total), NUL, output_field=DecimalField(max_digits=10, decimal_places=2))


class FactureQuerySet(models.QuerySet["Facture"]):
    def avec_reste(self) -> "FactureQuerySet":
        """Annotates `reste`, in €: what is left to pay."""
        return self.annotate(reste=Coalesce(F("reste_tenu__reste"), NUL))

    def impayees(self) -> "FactureQuerySet":
        """Those of which something is left, `avec_reste`: they alone are read."""
        return self.filter(reste_tenu__reste__gt=0).annotate(reste=F("reste_tenu__reste"))

    def plus_anciennes_d_abord(self) -> "FactureQuerySet":
        return self.order_by("date", "creee_le", "pk")

    def oubliees(self, maintenant: datetime) -> "FactureQuerySet":
        """Those that have waited too long for their PDF: who was to draw it may well be dead."""
        # Of one that seems to be of tomorrow (a clock was put back), nobody knows how long it has waited.
        recentes = Q(creee_le__range=(maintenant - PATIENCE, maintenant + PATIENCE))
        return self.filter(~recentes, document=None)

    def dues(self, famille_id: int, regie_id: int) -> "FactureQuerySet":
        """What a payment of that famille to that régie pays, in order."""
        return self.filter(famille=famille_id, regie=regie_id).impayees().plus_anciennes_d_abord()


class Facture(Operation):
    """What a famille owes a régie for a period."""

    AU_LIEU_DE_SUPPRIMER = "corrigez-la par un avoir, depuis sa page. Ce qui a été facturé reste."

    du = models.DateField("du")
    au = models.DateField("au")
    echeance = models.DateField("échéance")
    campagne = models.ForeignKey(
        "facturation.CampagneDeFacturation", models.PROTECT, null=True, editable=False, related_name="factures"
    )
    # The envelope as on the day of issue: the paper that was sent does not move house.
    payeur = models.TextField(blank=True)
    avance = models.DecimalField(
        "avance déduite", max_digits=10, decimal_places=2, default=NUL, help_text="Payée avant l’émission, en euros."
    )
    resident = models.BooleanField("habite la commune", default=True)
    reste: Decimal  # annotated by `avec_reste`
    a_un_pdf: bool  # written by `lire_operations` and `lire_impayees`, as the next one
    est_en_cours_de_paiement: bool
    est_annulee = False  # written by the same: avoirs have taken back all of it

    objects = FactureQuerySet.as_manager()

    class Meta:
        verbose_name = "facture"
        verbose_name_plural = "factures"
        ordering = ["-date", "-pk"]
        indexes = [
            models.Index(fields=["famille", "date"], name="facture_du_releve"),
            # The agents' list, in its order; those that are late, without reading the invoices themselves.
            models.Index(fields=["-date", "-id"], include=["echeance"], name="factures_par_date"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["regie", "numero"], name="un_numero_de_facture_par_regie"),
            models.CheckConstraint(condition=Q(montant__gte=0), name="facture_jamais_negative"),
            models.CheckConstraint(condition=Q(avance__gte=0, avance__lte=F("montant")), name="facture_avance_juste"),
            models.CheckConstraint(condition=Q(au__gte=F("du")), name="facture_dans_l_ordre"),
            sans_chevauchement("une_facture_par_regie_famille_periode", "regie_id", "famille_id"),
        ]
        triggers = [Immuable(), SansVidage(), TotalJuste(), TientLeReste()]

    def get_absolute_url(self) -> str:
        return adresse_de("facturation:facture_pdf", self.pk)

    @property
    def adresse_de_paiement(self) -> str:
        """Printed on paper: an address that stays."""
        return f"/factures/{self.pk}/paiement/"

    @property
    def net_a_payer(self) -> Decimal:
        """What the paper asks for, in €: the amount, less what was already there on the day of issue."""
        return self.montant - self.avance

    @property
    def description(self) -> str:
        """« Facture : 01/04/2015 - 30/04/2015 », as in the guide."""
        return f"Facture\u00a0: {date_courte(self.du)} - {date_courte(self.au)}"

    def reste_a_payer(self) -> Decimal:
        """In €, read now from the avoirs and the payments."""
        return Facture.objects.avec_reste().values_list(F("reste"), flat=True).get(pk=self.pk)

    def etat_au(self, jour: date) -> EtatFacture:
        """Of an invoice read `avec_reste`. Whether it is being paid online, or cancelled, only its reader knows."""
        if self.est_annulee:
            return EtatFacture.ANNULEE
        if self.reste <= 0:
            return EtatFacture.REGLEE
        return EtatFacture.EN_RETARD if self.echeance < jour else EtatFacture.A_REGLER

    def montant_paye(self) -> Decimal:
        """In €: what payments have put on it."""
        return self.affectations.aggregate(total=Coalesce(Sum("montant"), NUL))["total"]

    def reste_a_rendre(self) -> Decimal:
        """In €: what an avoir can still take back."""
        return self.montant - self.avoirs.aggregate(total=Coalesce(Sum("montant"), NUL))["total"]

    def annuler(self, *, motif: str, le: date, par: Compte | None) -> Avoir:
        """Take back the whole invoice, line by line. What had been paid becomes a credit."""
        inverses = [ligne.inverse() for ligne in self.lignes.all()]
        return self.corriger(inverses, motif=motif, le=le, par=par)

    def etablir_avoir(self, montant: Decimal, *, motif: str, le: date, par: Compte | None) -> Avoir:
        """Take back an amount, in €, for a reason that the line says."""
        ligne = Ligne(libelle=motif, quantite=1, prix_unitaire=-montant, montant=-montant)
        return self.corriger([ligne], motif=motif, le=le, par=par)

    @transaction.atomic
    def corriger(
        self,
        lignes: list[Ligne],
        *,
        motif: str,
        le: date,
        par: Compte | None,
        campagne: CampagneDeFacturation | None = None,
        resident: bool | None = None,
    ) -> Avoir:
        """An avoir of those lines (not saved yet); what was paid in excess pays what is due. Raises MontantRefuse."""
        famille = verrouiller(Famille.objects, self.famille_id)
        montant = -sum((ligne.montant for ligne in lignes), NUL)
        self._verifier_avoir(montant, motif)
        avoir = Avoir.objects.create(
            regie=self.regie,
            numero=Compteur.objects.prendre(self.regie, Compteur.Genre.AVOIR),
            famille_id=self.famille_id,
            facture=self,
            campagne=campagne,
            date=le,
            montant=montant,
            motif=motif.strip(),
            resident=resident,
            par=par,
        )
        for ligne in lignes:
            ligne.avoir = avoir
        Ligne.objects.bulk_create(lignes)
        trop_paye = -self.reste_a_payer()
        if trop_paye > 0:
            self._liberer(trop_paye)
            famille.reglements.imputer_les_credits(famille.pk, self.regie)
        return avoir

    def _verifier_avoir(self, montant: Decimal, motif: str) -> None:
        """Raises MontantRefuse: an avoir takes back something, for a reason, and no more than is left to take back."""
        possible = self.reste_a_rendre()
        if not possible:
            raise MontantRefuse(f"{self.reference} est déjà rendue en entier\u00a0: il n’y a plus rien à rendre.")
        if montant <= 0 or montant != au_centime(montant) or montant > possible:
            raise MontantRefuse(f"Un avoir sur {self.reference} va de 0,01\u00a0€ à {euros(possible)}.")
        if not motif.strip():
            raise MontantRefuse("Dites pourquoi cet avoir est établi.")

    def _liberer(self, trop: Decimal) -> None:
        """Give back to the payments, newest first, what they had put here in excess (€)."""
        # To a cancelled payment it would be lost: its reverse has taken all of it back.
        valides = self.affectations.filter(reglement__montant__gt=0, reglement__annulation__isnull=True)
        for reglement, affecte in valides.order_by("-reglement").values_list("reglement").annotate(Sum("montant")):
            rendu = min(trop, affecte)
            if rendu > 0:
                self.affectations.create(reglement_id=reglement, montant=-rendu)
                trop -= rendu
