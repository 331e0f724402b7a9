"""A day as it is billed: how much of what, at which price, and why. What invoices are made of, and compared with."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturation.montants import au_centime
from facturation.prix.grille import Nature, Unite

Cle = tuple[int, int, date]  # child, prestation, day


@dataclass(frozen=True, slots=True)
class Article:
    """A day to bill, or to take back (quantity below zero). `facture`: on which it had been billed."""

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
        return au_centime(self.quantite * self.prix)
