"""A payment. Cancelled by a reverse payment that says why; never changed, never deleted."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q, Sum

from facturation.erreurs import AutreRegie, DejaAnnule, MontantRefuse
from facturation.immuable import Immuable, SansVidage
from facturation.models.affectations.affectation import Affectation
from facturation.models.affectations.credit import CreditQuerySet, affecter
from facturation.montants import NUL, au_centime
from famille.models import Compte, Famille
from socle.verrous import verrouiller

from .compteur import Compteur
from .facture import Facture
from .operation import Operation
from .regie import Regie


class ReglementQuerySet(CreditQuerySet["Reglement"]):
    def recevables(self) -> "ReglementQuerySet":
        """Those that have a receipt, with all that it says: neither cancelled nor a cancellation."""
        valides = self.filter(montant__gt=0, annulation__isnull=True).select_related("regie", "famille")
        return valides.prefetch_related("famille__responsables", "affectations__facture__regie")

    @transaction.atomic
    def enregistrer(
        self,
        famille: Famille,
        regie: Regie,
        montant: Decimal,
        mode: "Reglement.Mode",
        *,
        le: date,
        par: Compte | None,
        factures: Iterable[Facture] = (),
        precision: str = "",
    ) -> "Reglement":
        """Receive `montant` (€) and allocate it: to `factures` in that order, then to the oldest unpaid first.

        What exceeds stays on the account, for the invoices to come. Raises MontantRefuse; AutreRegie if one of
        `factures` is not of that régie.
        """
        choisies = list(factures)
        exiger_la_regie(choisies, regie)
        if montant <= 0 or montant != au_centime(montant):
            raise MontantRefuse("Le montant d’un règlement est positif, en euros et centimes.")
        verrouiller(Famille.objects, famille.pk)
        reglement = self.create(
            regie=regie,
            numero=Compteur.objects.prendre(regie, Compteur.Genre.REGLEMENT),
            famille=famille,
            date=le,
            montant=montant,
            mode=mode,
            precision=precision,
            par=par,
        )
        reglement._payer(choisies)
        self.model.objects.imputer_les_credits(famille.pk, regie)
        return reglement


def exiger_la_regie(factures: Iterable[Facture], regie: Regie) -> None:
    """Raises AutreRegie, and names the invoices that are of another one."""
    autres = [facture for facture in factures if facture.regie_id != regie.pk]
    if autres:
        noms = ", ".join(f"{facture.reference} ({facture.regie.nom})" for facture in autres)
        sont = "est d’une autre régie" if len(autres) == 1 else "sont d’une autre régie"
        raise AutreRegie(f"{noms} {sont} que «\u00a0{regie.nom}\u00a0»\u00a0: à encaisser à part.")


class Reglement(Operation):
    """Money received (€, above zero), or its cancellation (below zero)."""

    AU_LIEU_DE_SUPPRIMER = "annulez-le, avec un motif, depuis sa page. Ce qui a été encaissé reste au relevé."

    class Mode(models.TextChoices):
        CHEQUE = "cheque", "Chèque"
        ESPECES = "especes", "Espèces"
        CARTE = "carte", "Carte bancaire"
        VIREMENT = "virement", "Virement"
        PRELEVEMENT = "prelevement", "Prélèvement"
        CESU = "cesu", "CESU"
        CHEQUES_VACANCES = "cheques_vacances", "Chèques-vacances"
        TIPI = "tipi", "Paiement en ligne (TIPI)"

    mode = models.CharField("mode de règlement", max_length=20, choices=Mode)
    precision = models.CharField("précision", max_length=100, blank=True, help_text="N° de chèque, banque…")
    annule = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="annulation", verbose_name="annule"
    )
    motif = models.CharField("motif d’annulation", max_length=200, blank=True, editable=False)

    credit: Decimal  # annotated by `avec_credit`
    est_annule: bool  # written by `lire_operations`

    objects = ReglementQuerySet.as_manager()

    class Meta:
        verbose_name = "règlement"
        verbose_name_plural = "règlements"
        ordering = ["-date", "-pk"]
        permissions = [("annuler_reglement", "Peut annuler un règlement")]
        indexes = [
            models.Index(fields=["famille", "date"], name="reglement_du_releve"),
            models.Index(fields=["-date", "-id"], name="reglements_par_date"),  # the agents' list, in its order
        ]
        constraints = [
            models.UniqueConstraint(fields=["regie", "numero"], name="un_numero_de_reglement_par_regie"),
            models.CheckConstraint(
                condition=Q(montant__gt=0, annule__isnull=True)
                | (Q(montant__lt=0, annule__isnull=False) & ~Q(motif="")),
                name="reglement_positif_ou_annulation_motivee",
            ),
        ]
        triggers = [Immuable(), SansVidage()]

    @property
    def est_annulation(self) -> bool:
        return self.annule_id is not None

    @property
    def est_valable(self) -> bool:
        """Neither cancelled nor a cancellation. Free when `annulation` was read with it."""
        return not self.est_annulation and not hasattr(self, "annulation")

    @property
    def reste_au_credit(self) -> Decimal:
        """What no invoice has taken of it, in €. One query."""
        return self.montant - self.affectations.aggregate(somme=Sum("montant", default=NUL))["somme"]

    def semblables(self) -> "ReglementQuerySet":
        """Valid payments like this one, not saved: of that day, or of the same cheque. Perhaps the same, twice."""
        memes = Reglement.objects.filter(famille=self.famille, regie=self.regie, montant=self.montant, mode=self.mode)
        du_jour_ou_du_cheque = Q(date=self.date, precision=self.precision)
        if self.precision.strip():
            du_jour_ou_du_cheque |= Q(precision__iexact=self.precision.strip())
        return memes.filter(du_jour_ou_du_cheque, annule__isnull=True, annulation__isnull=True)

    @property
    def description(self) -> str:
        """« Règlement : Chèque », as in the guide."""
        if self.est_annulation:
            return f"Annulation de règlement\u00a0: {self.motif}"
        return f"Règlement\u00a0: {self.get_mode_display()}"

    @transaction.atomic
    def annuler(self, *, motif: str, le: date, par: Compte | None) -> "Reglement":
        """The reverse payment: what it had paid is due again. Raises DejaAnnule; MontantRefuse without a reason."""
        if not motif.strip():
            raise MontantRefuse("Dites pourquoi ce règlement est annulé.")
        verrouiller(Famille.objects, self.famille_id)
        if self.est_annulation or Reglement.objects.filter(annule=self).exists():
            raise DejaAnnule(f"Le règlement {self.reference} est déjà annulé.")
        inverse = Reglement.objects.create(
            regie=self.regie,
            numero=Compteur.objects.prendre(self.regie, Compteur.Genre.REGLEMENT),
            famille_id=self.famille_id,
            date=le,
            montant=-self.montant,
            mode=self.mode,
            annule=self,
            motif=motif.strip(),
            par=par,
        )
        self._desaffecter(inverse)
        # What is due again, the credit of another payment pays; this one has none any more.
        Reglement.objects.imputer_les_credits(self.famille_id, self.regie)
        return inverse

    def _payer(self, factures: Iterable[Facture]) -> None:
        """Put it on those, in that order. One that is paid already, or somebody else's, takes nothing."""
        choisies = [facture.pk for facture in factures]
        if choisies:
            dues = {facture.pk: facture for facture in Facture.objects.dues(self.famille_id, self.regie_id)}
            affecter(self.pk, [dues[pk] for pk in choisies if pk in dues], self.montant)

    def _desaffecter(self, inverse: "Reglement") -> None:
        """The invoices that it had paid are due again."""
        nets = self.affectations.order_by().values_list("facture").annotate(Sum("montant"))
        Affectation.objects.bulk_create(
            Affectation(reglement=inverse, facture_id=facture, montant=-net) for facture, net in nets if net
        )
