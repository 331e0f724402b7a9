"""From days to lines, pure: what a day is worth, what differs from what was billed, what goes on one line.

The seat of later rules (nth child, monthly maximum) is `regrouper`: they see the articles of a famille together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal

from facturation.prix.facturable import nature_facturee
from facturation.prix.grille import GrilleTarifaire, Nature, Prix, Unite, au_centime
from planning.journees.effectives import Journee

Cle = tuple[int, int, date]  # child, prestation, day


class SansTarif(Exception):
    """No grid is in force for that prestation on that day."""


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


@dataclass(frozen=True, slots=True)
class Groupe:
    """The articles of one line: same child, prestation, nature, price and reason."""

    articles: tuple[Article, ...]
    est_regularisation: bool = False

    @property
    def premier(self) -> Article:
        return self.articles[0]

    @property
    def quantite(self) -> Decimal:
        return sum((article.quantite for article in self.articles), Decimal(0))

    @property
    def montant(self) -> Decimal:
        """In €, rounded once, on the line."""
        return au_centime(self.quantite * self.premier.prix)


class Bareme:
    """The grids of a régie's prestations, and the price of a day. Remembers what it has reckoned: months repeat."""

    def __init__(self, grilles: Iterable[GrilleTarifaire], horaires: Mapping[int, tuple[time, time]]) -> None:
        self._grilles: dict[int, list[GrilleTarifaire]] = defaultdict(list)
        for grille in grilles:
            self._grilles[grille.prestation].append(grille)
        self._horaires = horaires
        self._prix: dict[tuple, Prix] = {}

    def article(self, journee: Journee, qf: int | None, *, resident: bool) -> Article | None:
        """What that day is worth, or None if it is not billed or free. Raises SansTarif, PrixIntrouvable."""
        nature = nature_facturee(journee.etat, journee.presence, ouvert=True)
        if nature is None:
            return None
        grille = self._grille(journee.prestation, journee.jour)
        prix = self._prix_unitaire(grille, nature, qf, resident)
        quantite = grille.quantite(journee.arrivee, journee.depart, *self._horaires[journee.prestation])
        if not prix.unitaire or not quantite:
            return None
        return Article(
            journee.enfant,
            journee.prestation,
            journee.jour,
            nature,
            quantite,
            grille.unite,
            prix.unitaire,
            prix.explication,
        )

    def _grille(self, prestation: int, jour: date) -> GrilleTarifaire:
        for grille in self._grilles[prestation]:
            if grille.est_en_vigueur(jour):
                return grille
        raise SansTarif

    def _prix_unitaire(self, grille: GrilleTarifaire, nature: Nature, qf: int | None, resident: bool) -> Prix:
        cle = (id(grille), nature, qf, resident)
        if cle not in self._prix:
            self._prix[cle] = grille.prix(nature, qf, resident=resident)
        return self._prix[cle]


def differences(dus: Iterable[Article], factures: Iterable[Article]) -> list[Article]:
    """What must be added to what was billed so that it becomes what is due, day by day.

    `factures`: every billed article of those days, those taken back included (below zero).
    """
    nets: dict[tuple, Decimal] = defaultdict(Decimal)
    modeles: dict[tuple, Article] = {}
    for article in factures:
        cle = (article.cle, article.nature, article.prix)
        nets[cle] -= article.quantite
        if article.quantite > 0 or cle not in modeles:
            modeles[cle] = article
    for article in dus:
        cle = (article.cle, article.nature, article.prix)
        nets[cle] += article.quantite
        modeles.setdefault(cle, article)
    return [replace(modeles[cle], quantite=net) for cle, net in nets.items() if net]


def regrouper(articles: Iterable[Article], *, est_regularisation: bool = False) -> list[Groupe]:
    """One group a line. What is taken back never shares a line with what is billed."""
    par_ligne: dict[tuple, list[Article]] = defaultdict(list)
    for article in articles:
        signe = article.quantite > 0
        cle = (article.enfant, article.prestation, article.nature, article.prix, article.explication, signe)
        par_ligne[cle].append(article)
    return [
        Groupe(tuple(sorted(groupe, key=lambda article: article.jour)), est_regularisation)
        for groupe in par_ligne.values()
    ]
