"""What two records of one child say otherwise, and what may be kept: unless somebody chooses, the safest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.crypto import salted_hmac

GARDE, FONDUE, DEUX = "garde", "fondue", "deux"


class FusionImpossible(Exception):
    """Says why, in French sentences."""


@dataclass(frozen=True)
class Ecart:
    """`options`: {GARDE: what the record that stays says, FONDUE: what the other says, perhaps DEUX: both}.

    `est_de_sante`: whoever reads it is noted, and nothing of it is written in a journal.
    """

    code: str
    libelle: str
    options: Mapping[str, str]
    defaut: str = GARDE
    est_de_sante: bool = False

    def choisie(self, choix: Mapping[str, str]) -> str:
        """The option to follow, of `{code: option}`. Raises FusionImpossible if it is none of them."""
        option = choix.get(self.code, self.defaut)
        if option not in self.options:
            raise FusionImpossible(f"{self.libelle}\u00a0: choisissez ce qui est gardé.")
        return option


class Partie(Protocol):
    """Of a record, what is compared and taken in together."""

    def ecarts(self) -> Iterator[Ecart]: ...

    def fondre(self, choix: Mapping[str, str]) -> None:
        """What lacks is taken, what differs is as chosen, what is the same stays once."""
        ...


def empreinte(ecarts: Iterable[Ecart]) -> str:
    """Of what was read, health included: it comes back with the answer, and tells nothing."""
    dits = [[ecart.code, sorted(ecart.options.items())] for ecart in ecarts]
    return salted_hmac("famille.fusion", repr(dits)).hexdigest()
