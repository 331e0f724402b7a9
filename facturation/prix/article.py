"""A day as it is billed: how much of what, at which price, and why. What invoices are made of, and compared with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturation.montants import au_centime
from facturation.prix.grille import MINUTES_PAR_HEURE, Nature, Unite, en_unites, quantite_dite

Cle = tuple[int, int, date]  # child, prestation, day


@dataclass(frozen=True, slots=True)
class Article:
    """A day to bill, or to take back (quantity below zero). `facture`: on which it had been billed.

    `quantite`: days or meals; by the hour, minutes: whole ones, but for what was billed in hundredths of an hour.
    """

    enfant: int
    prestation: int
    jour: date
    nature: Nature
    quantite: Decimal
    unite: Unite
    prix: Decimal
    explication: str
    facture: int | None = None

    @property
    def cle(self) -> Cle:
        return self.enfant, self.prestation, self.jour

    @property
    def montant(self) -> Decimal:
        return valeur(self.quantite, self.unite, self.prix)

    @property
    def quantite_dite(self) -> str:
        """« 2 h », « 1 repas »."""
        return quantite_dite(en_unites(self.quantite, self.unite), self.unite)

    @property
    def est_en_minutes(self) -> bool:
        return self.unite == Unite.HEURE and self.quantite == int(self.quantite)


def valeur(quantite: Decimal, unite: Unite, prix: Decimal) -> Decimal:
    """In €: the only rounding there is, and once a line. Minutes are multiplied before they are divided."""
    return au_centime(quantite * prix / MINUTES_PAR_HEURE if unite == Unite.HEURE else quantite * prix)
