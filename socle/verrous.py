"""Rows that one transaction at a time may change."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection
from django.db.models import Manager, Model, QuerySet

M = TypeVar("M", bound=Model)


def verrouiller(lignes: Manager[M] | QuerySet[M], pk: int) -> M:
    """That row, read again: nobody else locks it before the end of the transaction. Rows may still refer to it."""
    return lignes.order_by().select_for_update(no_key=True).get(pk=pk)


def verrouiller_toutes(lignes: Manager[M] | QuerySet[M], pks: Iterable[int]) -> None:
    """Those rows, in the order of their keys: two who take some of the same ones wait, and do not block each other."""
    list(lignes.filter(pk__in=list(pks)).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def un_a_la_fois(verrou: int) -> None:
    """Of two transactions that do this, the second begins when the first is over, and sees what it has written.

    `verrou`: a number of its own for each such work.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(%s)", [verrou])
