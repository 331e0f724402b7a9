"""Fewer places than children who are expected already: nobody falls, and the agent reads it before."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest

import francais
from planning.models import Prestation, jours_ouverts
from planning.places.restantes import Effectif, effectifs

Comptes = dict[tuple[int, date], Effectif]


@dataclass(frozen=True)
class PlacesTouchees:
    """Of those prestations, from a day to another."""

    prestations: QuerySet[Prestation]
    du: date
    au: date

    def lire(self) -> Comptes:
        return effectifs(jours_ouverts(self.prestations.all(), self.du, self.au))

    def dire(self, avant: Comptes, apres: Comptes) -> list[str]:
        """Of the days that would be short of places, and are not yet."""
        deja = {couple for couple, effectif in avant.items() if effectif.deborde}
        trop = sorted(jour for (cle, jour), un in apres.items() if un.deborde and (cle, jour) not in deja)
        if not trop:
            return []
        jours = francais.pluriel(len(trop), "jour aura", "jours auront")
        quand = francais.periode(trop[0], trop[-1])
        return [f"{jours} plus d’enfants attendus que de places, {quand}. Leurs réservations restent."]

    def annoncer(self, avant: Comptes, apres: Comptes, request: HttpRequest) -> None:
        """Nobody loses anything."""
