"""A table about to become a file: columns with their titles, rows of plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

# None is an empty cell. An int is a count, a Decimal an amount or another number with decimals.
Valeur = str | int | Decimal | date | datetime | time | None


@dataclass(frozen=True)
class Feuille:
    """`lignes` may be read once only, and be longer than memory."""

    titre: str
    colonnes: Sequence[str]
    lignes: Iterable[Sequence[Valeur]]
