"""For how long what is set is read once: a request, a task, a command. Asks nothing of Django: it may begin first."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

Valeurs = Mapping[str, object]
Toutes = Mapping[str, Valeurs]


@dataclass
class Moment:
    """`version`: the one that PostgreSQL has told already. `toutes`: what was read. `dehors`: the moment around it."""

    version: int | None = None
    toutes: Toutes | None = None
    dehors: "Moment | None" = None


MOMENT: ContextVar[Moment | None] = ContextVar("réglages lus", default=None)


@contextmanager
def une_lecture(version: int | None = None, toutes: Toutes | None = None) -> Iterator[None]:
    """In the block, settings are read once: all that is done there sees the same."""
    jeton = MOMENT.set(Moment(version, toutes, MOMENT.get()))
    try:
        yield
    finally:
        MOMENT.reset(jeton)


def oublier() -> None:
    """They have just been written: whoever did reads them again."""
    moment = MOMENT.get()
    while moment:
        moment.version = moment.toutes = None
        moment = moment.dehors
