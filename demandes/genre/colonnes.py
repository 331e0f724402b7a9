"""A column of a list of requests: its heading, and how it reads a request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

D = TypeVar("D", contravariant=True)


@dataclass(frozen=True)
class Colonne(Generic[D]):
    """« Déposée le », « Mobile »… Reading decrypts nothing and makes no query."""

    libelle: str
    lire: Callable[[D], str]
