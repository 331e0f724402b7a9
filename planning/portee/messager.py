"""Writing to a famille about its days: planning knows what has happened, an app above knows how one writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

import francais
from famille.models import Compte, Famille

NOMMES = 31  # days in a message, refusals on a page; beyond, they are counted


class Messager:
    """One way to write. A subclass is used as soon as its module is imported."""

    tous: ClassVar[list[type[Messager]]] = []

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Messager.tous.append(cls)

    def ecrire(
        self, famille: Famille, sujet: str, phrases: Sequence[str], *, chemin: str, bouton: str, par: Compte | None
    ) -> None:
        """`phrases`: one paragraph each. `chemin`: the page to which `bouton` leads. `par` None: the portal itself."""
        raise NotImplementedError


def ecrire(
    famille: Famille, sujet: str, phrases: Sequence[str], *, chemin: str, bouton: str, par: Compte | None
) -> None:
    """One message, and the service e-mail that tells of it, in the caller's transaction."""
    for messager in Messager.tous:
        messager().ecrire(famille, sujet, phrases, chemin=chemin, bouton=bouton, par=par)


def lister(jours: Iterable[str]) -> str:
    """Days in words, one a line; beyond a month of them, the planning tells the rest."""
    jours = list(jours)
    autres = len(jours) - NOMMES
    suite = [f"et {francais.pluriel(autres, 'autre jour', 'autres jours')}"] if autres > 0 else []
    return "\n".join([*(f"– {jour}" for jour in jours[:NOMMES]), *suite])
