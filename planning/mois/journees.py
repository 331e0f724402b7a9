"""What is stored of a month, ready for a grid: days by inscription, and the presences that cannot both be."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from planning.journees.journee import Journee
from planning.models.reservation_queryset import journee_et_horaires
from planning.regles.horaires import Horaires


@dataclass(frozen=True)
class JourneesDuMois:
    """By inscription and day. `doubles`: the child is present elsewhere at the same time."""

    par_inscription: dict[int, dict[date, Journee]]
    doubles: frozenset[Journee]

    @classmethod
    def ranger(cls, journees: Iterable[tuple[Journee, Horaires]]) -> "JourneesDuMois":
        """Each day comes with the hours of its prestation."""
        par_inscription: dict[int, dict[date, Journee]] = defaultdict(dict)
        presences: dict[tuple[int, date], list[tuple[Journee, Horaires]]] = defaultdict(list)
        for journee, horaires in journees:
            par_inscription[journee.inscription][journee.jour] = journee
            if journee.est_presente:
                reels = horaires.reels(journee.arrivee, journee.depart)
                presences[journee.enfant, journee.jour].append((journee, reels))
        return cls(dict(par_inscription), frozenset(_en_double(presences.values())))

    def de(self, inscriptions: Iterable[int]) -> dict[date, Journee]:
        """Of inscriptions that follow one another."""
        return {j: une for cle in inscriptions for j, une in self.par_inscription.get(cle, {}).items()}


def ranger_le_mois(lignes: Iterable[tuple]) -> JourneesDuMois:
    """From the rows of `avec_horaires`."""
    return JourneesDuMois.ranger(map(journee_et_horaires, lignes))


def _en_double(presences: Iterable[list[tuple[Journee, Horaires]]]) -> Iterable[Journee]:
    """Of each child's day, those that overlap another one."""
    for du_jour in presences:
        for (une, heures), (autre, autres) in combinations(du_jour, 2):
            if heures.chevauchent(autres):
                yield from (une, autre)
