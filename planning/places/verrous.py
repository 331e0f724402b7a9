"""Who may count places while nobody else takes one. Advisory locks, held until the end of the transaction:
one for a prestation and a day, exclusive to whoever books that day; one for the prestation, shared by them,
exclusive to whoever adds a pattern (it touches every week). Nothing else waits.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

EPOQUE = date(1970, 1, 1).toordinal()


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
