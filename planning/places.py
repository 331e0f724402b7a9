"""Places: how many are taken on a day, and who may count them while nobody else takes one.

A place is taken by a réservation that occupies it, or by the weekly pattern of an inscription on a day of which
nobody has said anything. Locks are advisory, held until the end of the transaction: one for a prestation and a
day, exclusive to whoever books that day; one for the prestation, shared by them, exclusive to whoever adds a
pattern (it touches every week). Nothing else waits.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from planning.statuts import OCCUPENT

EPOQUE = date(1970, 1, 1).toordinal()

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


def verrouiller_jours(prestation: int, jours: Iterable[date]) -> None:
    """Wait until nobody else is taking a place on those days. Always in the order of the days: no deadlock."""
    numeros = sorted({jour.toordinal() - EPOQUE for jour in jours})
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock_shared(%s, 0)", [prestation])
        curseur.execute("SELECT pg_advisory_xact_lock(%s, n) FROM unnest(%s) AS n", [prestation, numeros])


def verrouiller_prestation(prestation: int) -> None:
    """Wait until nobody else is taking a place of that prestation, whatever the day."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s, 0)", [prestation])


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
        return dict.fromkeys(jours, places) | dict(curseur.fetchall())


def restantes(prestation: int, places: int | None, jours: Iterable[date]) -> dict[date, int | None]:
    """Places left on each day; None where there is no limit."""
    jours = list(jours)
    prises = occupees(prestation, jours)
    return {
        jour: None if capacite is None else max(0, capacite - prises[jour])
        for jour, capacite in capacites(prestation, places, jours).items()
    }
