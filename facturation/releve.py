"""« Relevé de compte »: the operations of a school year, from one balance to the next. One for page, CSV and PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from facturation.lecture import Operations, lire_impayees, lire_operations
from facturation.models import Avoir, Facture, Reglement
from facturation.models.facture import NUL, EtatFacture
from facturation.solde import SOLDE, SOLDE_ACTUEL
from famille.models import Famille
from francais import euros

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

PREMIERE = """
SELECT least((SELECT min(date) FROM facturation_facture WHERE famille_id = %(famille)s),
             (SELECT min(date) FROM facturation_avoir WHERE famille_id = %(famille)s),
             (SELECT min(date) FROM facturation_reglement WHERE famille_id = %(famille)s))
"""


@dataclass(frozen=True, order=True)
class AnneeScolaire:
    """From 1 September to 31 August."""

    debut: int

    @classmethod
    def de(cls, jour: date) -> "AnneeScolaire":
        return cls(jour.year if jour.month >= 9 else jour.year - 1)

    @classmethod
    def lire(cls, texte: str) -> "AnneeScolaire | None":
        """« 2014-2015 », or None if it is not a school year."""
        debut, _, fin = texte.partition("-")
        if not (debut.isascii() and debut.isdigit() and len(debut) == 4 and 1 <= int(debut) < 9998):
            return None
        return cls(int(debut)) if fin == f"{int(debut) + 1:04}" else None

    def __str__(self) -> str:
        return f"{self.debut}-{self.debut + 1}"

    @property
    def du(self) -> date:
        return date(self.debut, 9, 1)

    @property
    def au(self) -> date:
        return date(self.debut + 1, 8, 31)


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


class ReleveDeCompte:
    """The statement of a famille for a school year, as on the day `au`. Two queries."""

    def __init__(self, famille: Famille, annee: AnneeScolaire, *, au: date) -> None:
        self.famille, self.annee, self.aujourd_hui = famille, annee, au

    def lire(self) -> "ReleveDeCompte":
        """Make all its queries now: none is left to a template."""
        _ = self._lues, self._passe
        return self

    @cached_property
    def operations(self) -> list[LigneOperation]:
        """Newest first, as in the guide."""
        lignes = [*self._debits(), *self._avoirs(), *self._reglements()]
        return sorted(lignes, key=lambda ligne: (ligne.date, ligne.creee_le), reverse=True)

    @cached_property
    def factures(self) -> list[LigneFacture]:
        return [lire_facture(facture, au=self.aujourd_hui) for facture in self._lues.factures]

    @cached_property
    def reglements(self) -> list[LigneReglement]:
        return [LigneReglement(reglement, _adresse_du_recu(reglement)) for reglement in self._lues.reglements]

    @property
    def ancien_solde(self) -> Decimal:
        return self._passe[0]

    @property
    def total_debit(self) -> Decimal:
        return sum((ligne.debit for ligne in self.operations if ligne.debit is not None), NUL)

    @property
    def total_credit(self) -> Decimal:
        return sum((ligne.credit for ligne in self.operations if ligne.credit is not None), NUL)

    @property
    def solde(self) -> Decimal:
        """At the end of the school year, or today: above zero, the famille owes it."""
        return self.ancien_solde + self.total_debit - self.total_credit

    @property
    def situation(self) -> str:
        """Today, all years counted: what an invoice of this one still cost may have been paid in another."""
        solde = self._passe[2]
        if solde > 0:
            return f"Aujourd’hui, toutes années comptées, vous devez {euros(solde)}."
        if solde < 0:
            return f"Aujourd’hui, toutes années comptées, votre compte a {euros(-solde)} d’avance."
        return "Aujourd’hui, votre compte est à jour."

    @property
    def annees(self) -> list[AnneeScolaire]:
        """Those that one may choose, newest first: from the first operation to this year."""
        courante = AnneeScolaire.de(self.aujourd_hui)
        premiere = AnneeScolaire.de(self._passe[1]) if self._passe[1] else courante
        debuts = range(min(premiere, self.annee, courante).debut, max(self.annee, courante).debut + 1)
        return [AnneeScolaire(debut) for debut in reversed(debuts)]

    @cached_property
    def _lues(self) -> Operations:
        return lire_operations(self.famille, self.annee.du, self.annee.au, maintenant=timezone.now())

    @cached_property
    def _passe(self) -> tuple[Decimal, date | None, Decimal]:
        """The balance before the year, the day of the very first operation, the balance of today."""
        with connection.cursor() as curseur:
            parametres = {"famille": self.famille.pk, "avant": self.annee.du}
            curseur.execute(f"SELECT ({SOLDE}), ({PREMIERE}), ({SOLDE_ACTUEL})", parametres)
            return curseur.fetchone()

    def _debits(self) -> Iterator[LigneOperation]:
        for ligne in self.factures:
            facture = ligne.facture
            yield _operation(facture, debit=facture.montant, ligne=ligne)

    def _avoirs(self) -> Iterator[LigneOperation]:
        for avoir in self._lues.avoirs:
            yield _operation(avoir, credit=avoir.montant)

    def _reglements(self) -> Iterator[LigneOperation]:
        for reglement in self._lues.reglements:
            if reglement.est_annulation:
                yield _operation(reglement, debit=-reglement.montant)
            else:
                yield _operation(reglement, credit=reglement.montant)


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
