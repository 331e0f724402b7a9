"""The price of a day, pure: the grid in force, whether and why the day is billed, how much of it, at which price."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, time

from facturation.prix.article import Article
from facturation.prix.grille import GrilleTarifaire, Nature, Prix
from facturation.prix.jours_factures import nature_facturee
from planning.journees.journee import Journee


class SansTarif(Exception):
    """No grid is in force for that prestation on that day."""


class Bareme:
    """The grids of a régie's prestations. Remembers the prices that it has reckoned: months repeat.

    `horaires`: the opening of each prestation, which is due by the hour where the roll gives no times.
    """

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
