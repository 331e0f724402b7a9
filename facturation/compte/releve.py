"""« Relevé de compte »: the operations of a school year, from one balance to the next. One for page, CSV and PDF."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db import connection
from django.utils import timezone

from facturation.compte.operations import Operations, lire_operations
from facturation.compte.operations_affichees import (
    FactureAffichee,
    OperationAffichee,
    ReglementAffiche,
    factures_impayees,
)
from facturation.compte.solde import SOLDE, SOLDES_PAR_REGIE, SoldeDeRegie, lire_soldes
from facturation.montants import NUL
from famille.models import Famille
from francais import euros
from socle.annee_scolaire import AnneeScolaire

PREMIERE = """
SELECT least((SELECT min(date) FROM facturation_facture WHERE famille_id = %(famille)s),
             (SELECT min(date) FROM facturation_avoir WHERE famille_id = %(famille)s),
             (SELECT min(date) FROM facturation_reglement WHERE famille_id = %(famille)s))
"""


class ReleveDeCompte:
    """The statement of a famille for a school year, as on the day `au`. Three queries."""

    def __init__(self, famille: Famille, annee: AnneeScolaire, *, au: date) -> None:
        self.famille, self.annee, self.aujourd_hui = famille, annee, au

    def lire(self) -> "ReleveDeCompte":
        """Make all its queries now: none is left to a template."""
        _ = self._lues, self._passe, self.impayees
        return self

    @cached_property
    def operations(self) -> list[OperationAffichee]:
        """Newest first, as in the guide."""
        lignes = [*self._debits(), *self._avoirs(), *self._reglements()]
        return sorted(lignes, key=lambda ligne: (ligne.date, ligne.creee_le), reverse=True)

    @cached_property
    def factures(self) -> list[FactureAffichee]:
        return [FactureAffichee.de(facture, au=self.aujourd_hui) for facture in self._lues.factures]

    @cached_property
    def reglements(self) -> list[ReglementAffiche]:
        return [ReglementAffiche.de(reglement) for reglement in self._lues.reglements]

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
        """Today, all years counted: what an invoice of this one still cost may have been paid in another.

        Each régie's balance, where there are several: what one owes does not pay the other.
        """
        dits = [(regie, _dire(solde)) for regie, solde in self._passe[2] if solde]
        if not dits:
            return "Aujourd’hui, votre compte est à jour."
        if len(self._passe[2]) == 1:
            return f"Aujourd’hui, toutes années comptées, {dits[0][1]}."
        par_regie = "\u00a0; ".join(f"{dit} ({regie})" for regie, dit in dits)
        return f"Aujourd’hui, toutes années comptées, {par_regie}."

    @property
    def soldes(self) -> list[SoldeDeRegie]:
        """Of today, by régie: what one owes does not pay the other."""
        return self._passe[2]

    @property
    def annees(self) -> list[AnneeScolaire]:
        """Those that one may choose, newest first: from the first operation to this year."""
        courante = AnneeScolaire.de(self.aujourd_hui)
        premiere = AnneeScolaire.de(self._passe[1]) if self._passe[1] else courante
        debuts = range(min(premiere, self.annee, courante).debut, max(self.annee, courante).debut + 1)
        return [AnneeScolaire(debut) for debut in reversed(debuts)]

    @cached_property
    def impayees(self) -> list[FactureAffichee]:
        """What is still due, whatever the year being read."""
        return factures_impayees(self.famille, au=self.aujourd_hui)

    @property
    def est_solde_depuis(self) -> bool:
        """The year ended with money due, and all of it was paid since."""
        du = any(ligne.facture.date <= self.annee.au for ligne in self.impayees)
        return self.annee.au < self.aujourd_hui and self.solde > 0 and not du

    @cached_property
    def _lues(self) -> Operations:
        return lire_operations(self.famille, self.annee.du, self.annee.au, maintenant=timezone.now())

    @cached_property
    def _passe(self) -> tuple[Decimal, date | None, list[SoldeDeRegie]]:
        """The balance before the year, the day of the very first operation, the balances of today by régie."""
        with connection.cursor() as curseur:
            parametres: dict[str, int | date] = {"famille": self.famille.pk, "avant": self.annee.du}
            curseur.execute(f"SELECT ({SOLDE}), ({PREMIERE}), ({SOLDES_PAR_REGIE})", parametres)
            ancien, premiere, soldes = curseur.fetchone()
        return ancien, premiere, lire_soldes(soldes)

    def _debits(self) -> Iterator[OperationAffichee]:
        for facture in self.factures:
            yield OperationAffichee.au_debit(facture.facture, facture.facture.montant, facture=facture)

    def _avoirs(self) -> Iterator[OperationAffichee]:
        for avoir in self._lues.avoirs:
            yield OperationAffichee.au_credit(avoir, avoir.montant, papier=avoir.get_absolute_url())

    def _reglements(self) -> Iterator[OperationAffichee]:
        for reglement in self._lues.reglements:
            if reglement.est_annulation:
                yield OperationAffichee.au_debit(reglement, -reglement.montant)
            else:
                yield OperationAffichee.au_credit(reglement, reglement.montant)


def _dire(solde: Decimal) -> str:
    return f"vous devez {euros(solde)}" if solde > 0 else f"votre compte a {euros(-solde)} d’avance"
