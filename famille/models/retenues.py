"""Why a child cannot leave a famille yet: the apps above know what would be lost, each says its sentence."""

from __future__ import annotations

from typing import ClassVar

from .enfant import Enfant
from .famille import Famille


class Retenue:
    """One app's say. A subclass is asked as soon as its module is imported."""

    toutes: ClassVar[list[type[Retenue]]] = []

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Retenue.toutes.append(cls)

    def dire(self, famille: Famille, enfant: Enfant) -> str:
        """The sentence that says what to end first; empty if nothing holds the child there."""
        raise NotImplementedError


def retenues(famille: Famille, enfant: Enfant) -> list[str]:
    return [phrase for retenue in Retenue.toutes if (phrase := retenue().dire(famille, enfant))]
