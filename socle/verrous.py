"""Rows that one transaction at a time may change."""

from typing import TypeVar

from django.db.models import Manager, Model, QuerySet

M = TypeVar("M", bound=Model)


def verrouiller(lignes: Manager[M] | QuerySet[M], pk: int) -> M:
    """That row, read again: nobody else locks it before the end of the transaction. Rows may still refer to it."""
    return lignes.order_by().select_for_update(no_key=True).get(pk=pk)
