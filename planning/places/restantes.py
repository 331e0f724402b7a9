"""How many places are left on a day: those of the prestation, or the day's own number, less the children expected.

A place is taken by a réservation that occupies it, or by the weekly pattern on a day of which nobody has said anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from planning.journees.lecture import couples
from planning.regles.etats import OCCUPENT

EFFECTIFS = """
    SELECT o.prestation_id, o.jour, coalesce(n.attendus, 0), coalesce(d.places, p.places)
    FROM unnest(%(prestation_de)s::bigint[], %(jour_de)s::date[]) AS o(prestation_id, jour)
    JOIN planning_prestation p ON p.id = o.prestation_id
    LEFT JOIN planning_placesdujour d ON d.prestation_id = o.prestation_id AND d.jour = o.jour
    LEFT JOIN (
        SELECT prestation_id, jour, count(*) AS attendus
        FROM planning_journees(%(jours)s::date[]) AS j
        WHERE prestation_id = ANY(%(prestations)s::bigint[]) AND etat IN %(occupent)s
        GROUP BY 1, 2
    ) AS n ON n.prestation_id = o.prestation_id AND n.jour = o.jour
"""
PLACES = """
    SELECT o.prestation_id, o.jour, coalesce(d.places, p.places)
    FROM unnest(%(prestation_de)s::bigint[], %(jour_de)s::date[]) AS o(prestation_id, jour)
    JOIN planning_prestation p ON p.id = o.prestation_id
    LEFT JOIN planning_placesdujour d ON d.prestation_id = o.prestation_id AND d.jour = o.jour
"""
LIMITES = """
    SELECT o.jour FROM unnest(%(jours)s::date[]) AS o(jour)
    JOIN planning_prestation p ON p.id = %(prestation)s
    LEFT JOIN planning_placesdujour d ON d.prestation_id = p.id AND d.jour = o.jour
    WHERE coalesce(d.places, p.places) IS NOT NULL
    ORDER BY o.jour
"""


@dataclass(frozen=True, slots=True)
class Effectif:
    """The children expected in a prestation on a day, over its places; `places` None: no limit."""

    attendus: int
    places: int | None

    @property
    def restantes(self) -> int | None:
        """Never below zero."""
        return None if self.places is None else max(0, self.places - self.attendus)

    @property
    def est_complet(self) -> bool:
        return self.places is not None and self.attendus >= self.places

    @property
    def un_jour_ferme(self) -> "Effectif":
        """Nobody is expected, even where somebody came."""
        return replace(self, attendus=0)

    @property
    def deborde(self) -> bool:
        return self.places is not None and self.attendus > self.places


def effectifs(ouverts: Mapping[int, Iterable[date]]) -> dict[tuple[int, date], Effectif]:
    """By prestation and day, in one query. On a closed day, the pattern still counts: ask for open days."""
    with connection.cursor() as curseur:
        curseur.execute(EFFECTIFS, {**couples(ouverts), "occupent": tuple(map(str, OCCUPENT))})
        return {(prestation, jour): Effectif(*comptes) for prestation, jour, *comptes in curseur.fetchall()}


def places(ouverts: Mapping[int, Iterable[date]]) -> dict[tuple[int, date], int | None]:
    """Those that there are, by prestation and day, whoever takes them; None: no limit. In one query."""
    with connection.cursor() as curseur:
        curseur.execute(PLACES, couples(ouverts))
        return {(prestation, jour): combien for prestation, jour, combien in curseur.fetchall()}


def jours_limites(prestation: int, jours: Iterable[date]) -> list[date]:
    """Those of these days on which there is a number of places."""
    with connection.cursor() as curseur:
        curseur.execute(LIMITES, {"prestation": prestation, "jours": sorted(set(jours))})
        return [jour for (jour,) in curseur.fetchall()]
