"""What follows a child from one record to another. Each app says it of its own tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from famille.models import Enfant


class Suite:
    """One app's say. A subclass is asked as soon as its module is imported."""

    toutes: ClassVar[list[type[Suite]]] = []

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Suite.toutes.append(cls)

    def obstacles(self, garde: Enfant, fondue: Enfant) -> Iterator[str]:
        """Why they cannot become one, one sentence each; nothing, unless it says otherwise."""
        yield from ()

    def compter(self, fondue: Enfant) -> Iterator[str]:
        """« 2 inscriptions », what would move."""
        raise NotImplementedError

    def deplacer(self, garde: Enfant, fondue: Enfant) -> None:
        """Both are locked."""
        raise NotImplementedError


def suites() -> Iterator[Suite]:
    return (suite() for suite in Suite.toutes)
