"""What follows a child from one record to another. Each app says it of its own tables."""

from collections.abc import Iterator
from typing import Protocol

from famille.models import Enfant


class Suite(Protocol):
    def obstacles(self, garde: Enfant, fondue: Enfant) -> Iterator[str]:
        """Why they cannot become one, one sentence each."""
        ...

    def compter(self, fondue: Enfant) -> Iterator[str]:
        """« 2 inscriptions », what would move."""
        ...

    def deplacer(self, garde: Enfant, fondue: Enfant) -> None:
        """Both are locked."""
        ...


SUITES: list[Suite] = []
