"""How many places there are on a day, taken and left. A place is taken by a réservation that occupies it, or by the
weekly pattern of an inscription on a day of which nobody has said anything.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from planning.regles.etats import OCCUPENT

OCCUPEES = """
    SELECT jour, sum(n)::int FROM (
        SELECT r.jour, count(*) AS n FROM planning_reservation r
        WHERE r.prestation_id = %(prestation)s AND r.jour = ANY(%(jours)s::date[]) AND r.etat IN %(occupent)s
        GROUP BY r.jour
        UNION ALL
        SELECT j.jour, count(*) FROM unnest(%(jours)s::date[]) AS j(jour)
        JOIN planning_inscription i ON i.prestation_id = %(prestation)s AND i.jours <> 0
            AND i.du <= j.jour AND (i.au IS NULL OR i.au >= j.jour)
            AND planning_est_regulier(i.jours, i.parite, j.jour)
        WHERE NOT EXISTS (
            SELECT FROM planning_reservation r
            WHERE r.inscription_id = i.id AND r.jour = j.jour AND r.etat <> 'aucun')
        GROUP BY j.jour
    ) AS deux GROUP BY jour
"""


def occupees(prestation: int, jours: Iterable[date]) -> dict[date, int]:
    """Places taken on each day, zeros included. On a closed day, the pattern still counts: ask for open days."""
    jours = sorted(set(jours))
    with connection.cursor() as curseur:
        curseur.execute(OCCUPEES, {"prestation": prestation, "jours": jours, "occupent": tuple(map(str, OCCUPENT))})
        return dict.fromkeys(jours, 0) | dict(curseur.fetchall())


def capacites(prestation: int, places: int | None, jours: Iterable[date]) -> dict[date, int | None]:
    """Places of each day: those of the prestation, unless the day has its own number."""
    jours = sorted(set(jours))
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT jour, places FROM planning_placesdujour WHERE prestation_id = %s AND jour = ANY(%s::date[])",
            [prestation, jours],
        )
        prevues: dict[date, int | None] = dict.fromkeys(jours, places)
        return prevues | dict(curseur.fetchall())


def restantes(prestation: int, places: int | None, jours: Iterable[date]) -> dict[date, int | None]:
    """Places left on each day; None where there is no limit."""
    jours = list(jours)
    prises = occupees(prestation, jours)
    return {
        jour: None if capacite is None else max(0, capacite - prises[jour])
        for jour, capacite in capacites(prestation, places, jours).items()
    }
