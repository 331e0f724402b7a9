"""Operations as a page shows them to a parent: state, what is left to pay, where to click."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from django.utils import timezone

from facturation.compte.operations import lire_impayees
from facturation.models import Facture, Reglement
from facturation.models.facture import EtatFacture
from facturation.models.operation import Operation
from famille.models import Famille
from socle.adresses.formes import adresse_de

NIVEAUX = {
    EtatFacture.A_REGLER: "info",
    EtatFacture.EN_COURS: "warning",
    EtatFacture.EN_RETARD: "error",
    EtatFacture.REGLEE: "success",
    EtatFacture.ANNULEE: "info",
}
ICONES = {
    EtatFacture.A_REGLER: "clock",
    EtatFacture.EN_COURS: "credit-card",
    EtatFacture.EN_RETARD: "exclamation-triangle",
    EtatFacture.REGLEE: "check-circle",
    EtatFacture.ANNULEE: "x-circle",
}

SOLDEES = frozenset({EtatFacture.REGLEE, EtatFacture.ANNULEE})  # nothing to pay


@dataclass(frozen=True)
class FactureAffichee:
    """An invoice as a parent reads it: its state, what is left, its two icons. Without its PDF yet, it says so.

    While it is being paid online, the card's icon leads to where that payment stands.
    """

    facture: Facture
    etat: EtatFacture
    pdf: str
    paiement: str

    @classmethod
    def de(cls, facture: Facture, *, au: date) -> Self:
        """An invoice that `lire_operations` or `lire_impayees` read, as on that day."""
        etat = facture.etat_au(au)
        if etat not in SOLDEES and facture.est_en_cours_de_paiement:
            etat = EtatFacture.EN_COURS
        pdf = facture.get_absolute_url() if facture.a_un_pdf else ""
        return cls(facture, etat, pdf, _adresse_de_paiement(facture) if etat not in SOLDEES else "")

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
        return self.etat not in SOLDEES

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
class ReglementAffiche:
    """A payment as a parent reads it. An empty address: no receipt, it is cancelled or a cancellation."""

    reglement: Reglement
    recu: str

    @classmethod
    def de(cls, reglement: Reglement) -> Self:
        """A payment that `lire_operations` read."""
        if reglement.est_annule or reglement.est_annulation:
            return cls(reglement, "")
        return cls(reglement, adresse_de("facturation:recu", reglement.pk))


@dataclass(frozen=True)
class OperationAffichee:
    """A line of the statement: debit or credit, in €; the other one is None. `papier`: the PDF of an avoir.

    `operation`: the row it tells of, as `lire_operations` read it.
    """

    reference: str
    date: date
    creee_le: datetime
    description: str
    regie: str
    debit: Decimal | None = None
    credit: Decimal | None = None
    facture: FactureAffichee | None = None
    papier: str = ""
    operation: Operation | None = None

    @classmethod
    def au_debit(cls, operation: Operation, montant: Decimal, *, facture: FactureAffichee | None = None) -> Self:
        return cls(*_communs(operation), debit=montant, facture=facture, operation=operation)

    @classmethod
    def au_credit(cls, operation: Operation, montant: Decimal, *, papier: str = "") -> Self:
        return cls(*_communs(operation), credit=montant, papier=papier, operation=operation)


def factures_impayees(famille: Famille, *, au: date) -> list[FactureAffichee]:
    """For « Facture impayée »: oldest first. One query."""
    return [FactureAffichee.de(facture, au=au) for facture in lire_impayees(famille, maintenant=timezone.now())]


def _adresse_de_paiement(facture: Facture) -> str:
    """Empty as long as the régie does not take payments online."""
    return adresse_de("facturation:paiement", facture.pk) if facture.regie.numcli else ""


def _communs(operation: Operation) -> tuple[str, date, datetime, str, str]:
    """The first five values of an OperationAffichee."""
    return operation.reference, operation.date, operation.creee_le, operation.description, operation.regie.nom
