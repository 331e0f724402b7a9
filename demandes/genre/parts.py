"""A request made of several parts, each of which may be decided alone: the days of a booking."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """What may be decided of a part."""

    code: str
    libelle: str


REFUSER = Option("refuser", "Refuser")

# Why a part is lost that nobody has decided before its day came.
SANS_REPONSE = "Le centre n’a pas répondu avant ce jour."


@dataclass(frozen=True)
class Part:
    """One part of a request that may be refused alone."""

    code: str
    libelle: str
    # What may be decided of it; none: nothing any more.
    options: tuple[Option, ...] = ()
    defaut: str = ""
    # What the agent should know of it before deciding, in a few words each.
    notes: tuple[str, ...] = ()
    # Of a request that waits: nobody has decided of it in time, and it is lost.
    expiree: bool = False
    # What it costs, or will: « 7,30 € », « facturée, 3,60 € »; empty if nobody knows.
    prix: str = ""
