"""What an announcement needs to know of a request: the models' verbs announce, and are not known here."""

from datetime import date
from typing import Protocol

from demandes.genre.demande_deposee import DecisionPrise, DemandeDeposee
from demandes.genre.type_demande import Genre
from famille.models import Famille


class DemandeAnnoncee(DemandeDeposee, Protocol):
    """A request that has a number and a page."""

    famille: Famille

    @property
    def numero(self) -> int: ...

    @property
    def genre(self) -> Genre: ...

    @property
    def deposee_jour(self) -> date: ...

    def get_absolute_url(self) -> str: ...


class DecisionAnnoncee(DecisionPrise, Protocol):
    """A decision in words: « acceptée en partie »."""

    automatique: bool

    @property
    def demande(self) -> DemandeAnnoncee: ...

    @property
    def participe(self) -> str: ...

    @property
    def jour(self) -> date: ...
