"""What a kind needs to know of a request: a description, so that kinds do not know the table that keeps it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from famille.models import Compte, Enfant


class DecisionPrise(Protocol):
    """How a request was decided, as its kind applies or undoes it."""

    # None: by validation automatique, or an account that is gone.
    par: Compte | None
    motif: str

    @property
    def refusees(self) -> Sequence[str]:
        """Codes of the parts that were refused."""

    @property
    def choix(self) -> Mapping[str, str]:
        """What the agent chose of other parts: {part: option}."""

    @property
    def est_favorable(self) -> bool: ...

    @property
    def est_un_retrait(self) -> bool:
        """The famille's own change of mind."""

    @property
    def est_une_expiration(self) -> bool:
        """Nobody decided in time."""


class DemandeDeposee(Protocol):
    """A request: what it asks, of whom, since when, and its decision once there is one."""

    type: str
    enfant: Enfant | None
    deposee_par: Compte | None
    deposee_le: datetime
    prise_en_charge_par: Compte | None

    @property
    def donnees(self) -> dict:
        """What is asked and is no secret: reading it decrypts nothing."""

    @property
    def avant(self) -> dict:
        """What that would replace, at deposit."""

    @property
    def valeurs(self) -> dict:
        """All that is asked, secrets included."""

    @property
    def valeurs_avant(self) -> dict:
        """What it would have replaced at deposit, secrets included."""

    @property
    def est_en_attente(self) -> bool: ...

    @property
    def decision(self) -> DecisionPrise: ...
