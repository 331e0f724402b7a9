"""An attempt to pay an invoice on the Treasury's page. At most one Règlement comes of it, whatever arrives."""

import secrets
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from courriels.avis import Avis
from courriels.depot import deposer
from courriels.models import Courriel
from facturation.erreurs import PaiementDejaFait, PaiementEnCours, PaiementImpossible
from facturation.models.facture import Facture
from facturation.models.reglement import Reglement
from facturation.tipi.passerelle import COURRIEL_MAX, MONTANT_MAX, MONTANT_MIN, NUMCLI, REFDET, DemandeDePaiement, objet
from famille.models import Compte, Famille
from francais import date_courte, euros, heure
from socle.verrous import verrouiller

# How long an attempt keeps its invoice from being paid a second time by accident.
DELAI = timedelta(minutes=30)
# How long one looks after an attempt that got no answer.
EXAMEN = timedelta(days=30)


class EtatPaiement(models.TextChoices):
    INITIE = "initie", "Initié"
    EN_ATTENTE = "en_attente", "En attente de confirmation"
    PAYE = "paye", "Payé"
    REFUSE = "refuse", "Refusé"
    ABANDONNE = "abandonne", "Abandonné"
    EXPIRE = "expire", "Expiré"
    INTERROMPU = "interrompu", "Interrompu par la famille"


OUVERTS = (EtatPaiement.INITIE, EtatPaiement.EN_ATTENTE)
# We have stopped waiting, and the Treasury has said nothing: the money may have left all the same.
SANS_REPONSE = (EtatPaiement.EXPIRE, EtatPaiement.INTERROMPU)


def trop_ancien(maintenant: datetime) -> Q:
    """Or of a day to come, where a clock was put back: nobody waits for it either."""
    return Q(cree_le__lte=maintenant - DELAI) | Q(cree_le__gte=maintenant + DELAI)


class PaiementEnLigneQuerySet(models.QuerySet["PaiementEnLigne"]):
    def ouverts(self) -> "PaiementEnLigneQuerySet":
        return self.filter(etat__in=OUVERTS)

    def de(self, famille: Famille) -> "PaiementEnLigneQuerySet":
        return self.filter(facture__famille=famille)

    def anciens(self, maintenant: datetime) -> "PaiementEnLigneQuerySet":
        """Still open, but too old to hold their invoice."""
        return self.ouverts().filter(trop_ancien(maintenant))

    def sans_reponse(self, maintenant: datetime) -> "PaiementEnLigneQuerySet":
        """Those that may have been paid without our knowing it."""
        return self.filter(Q(etat__in=SANS_REPONSE) | Q(trop_ancien(maintenant), etat__in=OUVERTS))

    def a_examiner(self, maintenant: datetime) -> "PaiementEnLigneQuerySet":
        """The same, as long as somebody may still ask the Treasury about them."""
        return self.sans_reponse(maintenant).filter(cree_le__gt=maintenant - EXAMEN)

    def verrouiller(self, refdet: str) -> "PaiementEnLigne | None":
        """The row, locked after its famille: every verb on money takes them in that order."""
        famille = self.filter(refdet=refdet).values_list("facture__famille", flat=True).first()
        if famille is None:
            return None
        verrouiller(Famille.objects, famille)
        lignes = self.select_related("facture__regie", "facture__famille").select_for_update(of=("self",))
        return lignes.get(refdet=refdet)

    @transaction.atomic
    def initier(self, facture: Facture, courriel: str) -> "PaiementEnLigne":
        """Open an attempt for all that is left of the invoice, reckoned here and now.

        Raises PaiementEnCours as long as another one is under way, PaiementImpossible if TIPI would not take it.
        """
        verrouiller(Famille.objects, facture.famille_id)
        for ouvert in self.filter(facture=facture).ouverts():
            if not ouvert.est_ancien(timezone.now()):
                raise PaiementEnCours(f"Un paiement de la facture {facture.reference} est déjà en cours.")
            ouvert.clore(EtatPaiement.EXPIRE)
        reste = facture.reste_a_payer()
        if obstacle := obstacle_au_paiement(facture, reste):
            raise PaiementImpossible(obstacle)
        return self.create(
            facture=facture,
            refdet=f"{facture.regie.code}{facture.numero}{secrets.token_hex(8).upper()}",
            montant=reste,
            numcli=facture.regie.numcli,
            exer=str(facture.date.year),
            saisie=settings.TIPI_SAISIE,
            courriel=courriel,
        )


def obstacle_au_paiement(facture: Facture, reste: Decimal) -> str:
    """Why the invoice cannot be paid online, in one sentence; empty if it can. `reste` in €."""
    if reste <= 0:
        return f"La facture {facture.reference} est réglée."
    if not facture.regie.numcli:
        return "Cette régie ne reçoit pas de paiement en ligne."
    if not MONTANT_MIN <= reste <= MONTANT_MAX:
        return f"Le paiement en ligne va de {euros(MONTANT_MIN)} à {euros(MONTANT_MAX)}."
    return ""


class PaiementEnLigne(models.Model):
    """One attempt. What left for the Treasury is kept as it left: what comes back must repeat it."""

    AU_LIEU_DE_SUPPRIMER = "laissez-le. S’il a été payé, son règlement s’annule depuis la page du règlement."

    facture = models.ForeignKey(Facture, models.PROTECT, related_name="paiements_en_ligne")
    refdet = models.CharField("référence TIPI", max_length=30, unique=True)
    montant = models.DecimalField(max_digits=6, decimal_places=2, help_text="En euros.")
    numcli = models.CharField("numéro de client TIPI", max_length=6)
    exer = models.CharField("exercice", max_length=4)
    saisie = models.CharField("mode TIPI", max_length=1)
    courriel = models.EmailField("adresse du reçu", max_length=COURRIEL_MAX)
    etat = models.CharField("état", max_length=10, choices=EtatPaiement, default=EtatPaiement.INITIE)
    cree_le = models.DateTimeField("créé le", default=timezone.now)
    clos_le = models.DateTimeField("clos le", null=True)
    numauto = models.CharField("numéro d’autorisation", max_length=20, blank=True)
    reglement = models.OneToOneField(
        Reglement, models.PROTECT, null=True, related_name="paiement_en_ligne", verbose_name="règlement"
    )
    confirme_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="confirmé par"
    )
    motif = models.CharField("motif de la confirmation", max_length=200, blank=True)

    objects = PaiementEnLigneQuerySet.as_manager()

    class Meta:
        verbose_name = "paiement en ligne"
        verbose_name_plural = "paiements en ligne"
        ordering = ["-cree_le", "-pk"]
        permissions = [("confirmer_paiementenligne", "Peut confirmer un paiement en ligne à la main")]
        constraints = [
            models.UniqueConstraint(
                fields=["facture"],
                condition=Q(etat__in=["initie", "en_attente"]),
                name="un_paiement_ouvert_par_facture",
            ),
            models.CheckConstraint(
                condition=Q(montant__gte=MONTANT_MIN, montant__lte=MONTANT_MAX), name="paiement_dans_les_bornes"
            ),
            models.CheckConstraint(condition=Q(refdet__regex=REFDET), name="paiement_refdet_de_tipi"),
            models.CheckConstraint(condition=Q(numcli__regex=NUMCLI), name="paiement_numcli_de_tipi"),
            models.CheckConstraint(
                condition=Q(etat="paye", reglement__isnull=False) | (~Q(etat="paye") & Q(reglement__isnull=True)),
                name="paiement_paye_si_regle",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["initie", "en_attente"], clos_le__isnull=True)
                | (~Q(etat__in=["initie", "en_attente"]) & Q(clos_le__isnull=False)),
                name="paiement_clos_ou_ouvert",
            ),
            models.CheckConstraint(
                condition=Q(confirme_par__isnull=True) | (Q(etat="paye") & ~Q(motif="")),
                name="paiement_confirme_avec_motif",
            ),
        ]

    def __str__(self) -> str:
        return self.refdet

    def get_absolute_url(self) -> str:
        return reverse("facturation:retour", args=[self.refdet])

    @property
    def est_ouvert(self) -> bool:
        return self.etat in OUVERTS

    @property
    def est_sans_reponse(self) -> bool:
        return self.etat in SANS_REPONSE

    @property
    def est_confirme_par_le_centre(self) -> bool:
        """By hand, on a proof: the Treasury said nothing of it to the portal."""
        return self.confirme_par_id is not None

    @property
    def est_un_essai(self) -> bool:
        """At the real Treasury's, mode T moves no money."""
        return self.saisie == "T" and not settings.TIPI_FACTICE

    @property
    def description(self) -> str:
        return f"{self.facture.reference}, {self.get_etat_display().lower()}"

    def est_ancien(self, maintenant: datetime) -> bool:
        return abs(maintenant - self.cree_le) >= DELAI

    def demande(self) -> DemandeDePaiement:
        """What is asked of the Treasury. Nothing in it names the famille."""
        facture = self.facture
        return DemandeDePaiement(
            numcli=self.numcli,
            exer=self.exer,
            refdet=self.refdet,
            objet=objet(f"Facture {facture.reference} {facture.regie.nom}"),
            montant=self.montant,
            courriel=self.courriel,
            saisie=self.saisie,
        )

    def partir(self) -> None:
        """The browser leaves for the Treasury's page. A notification may have been faster: it is left alone."""
        partis = PaiementEnLigne.objects.filter(pk=self.pk, etat=EtatPaiement.INITIE).update(
            etat=EtatPaiement.EN_ATTENTE
        )
        self.etat = EtatPaiement.EN_ATTENTE if partis else self.etat

    @transaction.atomic
    def interrompre(self) -> None:
        """The parent has left the Treasury's page and wants to begin again. What arrived meanwhile stands."""
        paiement = PaiementEnLigne.objects.verrouiller(self.refdet)
        if paiement is not None and paiement.est_ouvert:
            paiement.clore(EtatPaiement.INTERROMPU)

    def clore(self, etat: EtatPaiement) -> None:
        """Without money. The caller holds the lock."""
        self.etat, self.clos_le = etat, timezone.now()
        self.save(update_fields=["etat", "clos_le"])

    def regler(self, *, numauto: str = "", par: Compte | None = None, motif: str = "") -> Reglement:
        """The money arrived: one Règlement, one receipt. The caller holds the lock and has judged."""
        reglement = self.reglement = Reglement.objects.enregistrer(
            self.facture.famille,
            self.facture.regie,
            self.montant,
            Reglement.Mode.TIPI,
            le=timezone.localdate(),
            par=par,
            factures=[self.facture],
            precision=self.refdet,
        )
        self.etat, self.clos_le = EtatPaiement.PAYE, timezone.now()
        self.numauto, self.confirme_par, self.motif = numauto, par, motif
        self.save(update_fields=["etat", "clos_le", "numauto", "confirme_par", "motif", "reglement"])
        self._envoyer_le_recu(reglement)
        return reglement

    @transaction.atomic
    def confirmer(self, *, motif: str, par: Compte) -> Reglement:
        """The régisseur has a proof of it. Raises PaiementDejaFait; PaiementImpossible without a reason."""
        if not motif.strip():
            raise PaiementImpossible("Dites sur quelle preuve ce paiement est confirmé.")
        paiement = PaiementEnLigne.objects.verrouiller(self.refdet)
        if paiement is None:
            raise PaiementEnLigne.DoesNotExist
        if paiement.etat == EtatPaiement.PAYE:
            raise PaiementDejaFait(f"Le paiement {self.refdet} est déjà enregistré.")
        paiement.notifications.a_examiner().classer(par=par, note=motif.strip())
        return paiement.regler(par=par, motif=motif.strip())

    def _envoyer_le_recu(self, reglement: Reglement) -> None:
        """One e-mail, to the address that was given when paying."""
        instant = timezone.localtime(self.clos_le)
        recu = Avis(
            sujet="Reçu de votre paiement en ligne",
            gabarit="paiement_recu",
            contexte={
                "facture": self.facture.reference,
                "regie": self.facture.regie.nom,
                "montant": euros(self.montant),
                "jour": date_courte(instant.date()),
                "heure": heure(instant.time()),
                "reglement": reglement.reference,
                "refdet": self.refdet,
                "par_le_centre": self.est_confirme_par_le_centre,
                "chemin": self.get_absolute_url(),
            },
            cle=f"paiement:{self.pk}:recu",
        )
        deposer([Courriel.a(self.courriel, recu, dossier=self.facture.famille_id)])
