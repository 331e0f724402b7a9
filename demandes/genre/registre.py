"""The kinds that are known, by code: each class enters by being defined."""

from typing import Generic, Protocol, TypeVar

from demandes.genre.onglet import Onglet
from famille.models import Compte


class Enregistrable(Protocol):
    """What the registry asks of a kind."""

    @property
    def code(self) -> str: ...
    @property
    def onglet(self) -> Onglet: ...
    @property
    def rang(self) -> int: ...

    def traitable_par(self, agent: Compte) -> bool: ...


G = TypeVar("G", bound=Enregistrable)


class Registre(Generic[G]):
    """Each kind once, by its code."""

    def __init__(self) -> None:
        self._genres: dict[str, G] = {}

    def ajouter(self, genre: G) -> None:
        """Raises ValueError if another kind has that code: it is stored in requests, and read in addresses."""
        if genre.code in self._genres:
            raise ValueError(f"Two kinds of request are called {genre.code!r}.")
        self._genres[genre.code] = genre

    def pour(self, code: str) -> G:
        """The kind of that code. Raises KeyError if there is none."""
        return self._genres[code]

    def tous(self, onglet: Onglet | None = None) -> list[G]:
        """The smallest rank first; the order of definition where they are equal."""
        genres = [genre for genre in self._genres.values() if onglet in (None, genre.onglet)]
        return sorted(genres, key=lambda genre: genre.rang)

    def traites_par(self, agent: Compte) -> list[G]:
        """Those that this agent may see and decide."""
        return [genre for genre in self.tous() if genre.traitable_par(agent)]
