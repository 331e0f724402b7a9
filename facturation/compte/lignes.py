"""Operations as a parent reads them: state, what is left to pay, where to click."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from facturation.compte.operations import lire_impayees
from facturation.models import Avoir, Facture, Reglement
from facturation.models.facture import EtatFacture
from famille.models import Famille

NIVEAUX = {
    EtatFacture.A_REGLER: "info",
    EtatFacture.EN_COURS: "warning",
    EtatFacture.EN_RETARD: "error",
    EtatFacture.REGLEE: "success",
}


ICONES = {
    EtatFacture.A_REGLER: "clock",
    EtatFacture.EN_COURS: "credit-card",
    EtatFacture.EN_RETARD: "exclamation-triangle",
    EtatFacture.REGLEE: "check-circle",
}


@dataclass(frozen=True)
class LigneFacture:
    """An invoice as a parent reads it: its state, what is left, its two icons. An empty address hides the icon.

    While it is being paid online, the card's icon leads to where that payment stands.
    """

    facture: Facture
    etat: EtatFacture
    pdf: str
    paiement: str

    @property
    def niveau(self) -> str:
        return NIVEAUX[self.etat]

    @property
    def icone(self) -> str:
        return ICONES[self.etat]

    @property
    def libelle_etat(self) -> str:
        return self.etat.label

    @property
    def est_due(self) -> bool:
        return self.etat != EtatFacture.REGLEE

    @property
    def est_en_cours(self) -> bool:
        """Being paid online: the Treasury has not answered yet."""
        return self.etat == EtatFacture.EN_COURS

    @property
    def est_en_retard(self) -> bool:
        return self.etat == EtatFacture.EN_RETARD

    @property
    def est_entamee(self) -> bool:
        """Paid in part: the amount alone would not say what is left."""
        return self.est_due and self.facture.reste != self.facture.montant


@dataclass(frozen=True)
class LigneReglement:
    """A payment as a parent reads it. An empty address: no receipt, it is cancelled or a cancellation."""

    reglement: Reglement
    recu: str


@dataclass(frozen=True)
class LigneOperation:
    """A line of the statement: debit or credit, in €; the other one is None."""

    reference: str
    date: date
    creee_le: datetime
    description: str
    regie: str
    debit: Decimal | None = None
    credit: Decimal | None = None
    facture: LigneFacture | None = None


def factures_impayees(famille: Famille, *, au: date) -> list[LigneFacture]:
    """For « Facture impayée »: oldest first. One query."""
    return [lire_facture(facture, au=au) for facture in lire_impayees(famille, maintenant=timezone.now())]


def lire_facture(facture: Facture, *, au: date) -> LigneFacture:
    """An invoice that facturation.lecture read."""
    etat = facture.etat_au(au)
    if etat != EtatFacture.REGLEE and facture.est_en_cours_de_paiement:
        etat = EtatFacture.EN_COURS
    pdf = facture.get_absolute_url() if facture.a_un_pdf else ""
    return LigneFacture(facture, etat, pdf, _adresse_de_paiement(facture) if etat != EtatFacture.REGLEE else "")


def _adresse_de_paiement(facture: Facture) -> str:
    """Empty as long as the régie does not take payments online."""
    return reverse("facturation:paiement", args=[facture.pk]) if facture.regie.numcli else ""


def _adresse_du_recu(reglement: Reglement) -> str:
    if reglement.est_annule or reglement.est_annulation:
        return ""
    return reverse("facturation:recu", args=[reglement.pk])


def _operation(
    operation: Facture | Avoir | Reglement,
    *,
    debit: Decimal | None = None,
    credit: Decimal | None = None,
    ligne: LigneFacture | None = None,
) -> LigneOperation:
    return LigneOperation(
        reference=operation.reference,
        date=operation.date,
        creee_le=operation.creee_le,
        description=operation.description,
        regie=operation.regie.nom,
        debit=debit,
        credit=credit,
        facture=ligne,
    )
