"""What days are worth: planning knows which, an app above knows the prices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from planning.journees.journee import Journee


@dataclass(frozen=True, slots=True)
class Montant:
    """In €. `regie`: who bills it. `est_facture`: an invoice has said it already."""

    euros: Decimal
    regie: int | None = None
    est_facture: bool = False


class Chiffrage:
    """One app's say. A subclass is asked as soon as its module is imported."""

    tous: ClassVar[list[type[Chiffrage]]] = []

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Chiffrage.tous.append(cls)

    def montants(self, journees: Sequence[Journee]) -> list[Montant | None]:
        """What each of them will be billed, or was; None: nobody knows. A fixed number of queries."""
        raise NotImplementedError

    def premier_jour_a_facturer(self, prestations: Iterable[int]) -> date | None:
        """After the last invoices of these prestations; None if there is none."""
        raise NotImplementedError


def montants(journees: Sequence[Journee]) -> list[Montant | None]:
    for chiffrage in Chiffrage.tous:
        return chiffrage().montants(journees)
    return [None] * len(journees)


def premier_jour_a_facturer(prestations: Iterable[int]) -> date | None:
    for chiffrage in Chiffrage.tous:
        return chiffrage().premier_jour_a_facturer(prestations)
    return None
