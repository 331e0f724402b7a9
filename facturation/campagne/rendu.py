"""What a famille is given back when a month takes back more than it bills, pure: how much, on which invoices.

One net correction: the days of the month and those taken back are on the same avoir, and no invoice contradicts it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from facturation.campagne.lignes import regrouper
from facturation.montants import CENTIME, NUL
from facturation.prix.article import Article, Cle


@dataclass(frozen=True, slots=True)
class Possible:
    """An invoice, and what it can still give back (€)."""

    facture: int
    reference: str
    montant: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What an invoice gives back (€, above zero)."""

    facture: int
    reference: str
    montant: Decimal


@dataclass(frozen=True)
class Rendu:
    """`parts`: the avoirs to establish, none if the month bears it all. `arrondi`: centimes that no invoice has.

    `en_reste`: corrections that no invoice can bear any more. They are not written: the next campaign finds them again.
    """

    regularisations: list[Article]
    parts: tuple[Part, ...] = ()
    arrondi: Decimal = NUL
    en_reste: tuple[Article, ...] = ()

    @property
    def montant_en_reste(self) -> Decimal:
        """In €, above zero."""
        return -sum((groupe.montant for groupe in regrouper(self.en_reste)), NUL)


def rendre(articles: list[Article], regularisations: list[Article], possibles: Iterable[Possible]) -> Rendu:
    """Share between the invoices what those articles leave below zero."""
    ordonnees = _les_mieux_placees_d_abord(possibles, {a.facture for a in regularisations if a.quantite < 0})
    plafond = sum((possible.montant for possible in ordonnees), NUL)
    gardees, en_reste = list(regularisations), []
    # Half a centime a line, at most, comes from rounding: it is no reason to keep a day.
    while (a_rendre := -_net(articles, gardees)) - plafond > CENTIME * len(gardees):
        cle = _le_dernier_jour_rendu(gardees)
        en_reste += [article for article in gardees if article.cle == cle]
        gardees = [article for article in gardees if article.cle != cle]
    if a_rendre <= 0:
        return Rendu(gardees, en_reste=tuple(en_reste))
    arrondi = max(a_rendre - plafond, NUL)
    return Rendu(gardees, tuple(_partager(a_rendre - arrondi, ordonnees)), arrondi, tuple(en_reste))


def _net(articles: list[Article], regularisations: list[Article]) -> Decimal:
    groupes = regrouper(articles) + regrouper(regularisations, est_regularisation=True)
    return sum((groupe.montant for groupe in groupes), NUL)


def _le_dernier_jour_rendu(articles: list[Article]) -> Cle:
    """A day is given back whole, or not at all: what it costs now stays with what it had cost."""
    par_jour: dict[Cle, Decimal] = {}
    for article in articles:
        par_jour[article.cle] = par_jour.get(article.cle, NUL) + article.montant
    return max((cle for cle, montant in par_jour.items() if montant < 0), key=lambda cle: (cle[2], cle))


def _les_mieux_placees_d_abord(possibles: Iterable[Possible], concernees: Collection[int | None]) -> list[Possible]:
    """Those that had billed the days, then the others; the one that bears the most first: few papers."""
    return sorted(possibles, key=lambda p: (p.facture not in concernees, -p.montant, p.facture))


def _partager(montant: Decimal, possibles: list[Possible]) -> Iterable[Part]:
    for possible in possibles:
        part = min(montant, possible.montant)
        if part > 0:
            yield Part(possible.facture, possible.reference, part)
            montant -= part
