"""The days of a request, as a mail or a message tells them: each with its price, and their sum."""

from collections.abc import Iterable

import francais
from demandes.genre.parts import Part

# Beyond, the page of the request tells the rest.
NOMMES = 31


def nommer(parts: Iterable[Part]) -> list[str]:
    """« mercredi 8 avril 2015, ALSH Mercredi journée : 7,30 € », one line each."""
    connues = list(parts)
    lignes = [f"{part.libelle}\u00a0: {part.prix}" if part.prix else part.libelle for part in connues[:NOMMES]]
    if autres := len(connues) - len(lignes):
        lignes.append(f"et {francais.pluriel(autres, 'autre jour', 'autres jours')}")
    return lignes


def pour_qui(demande_enfant: object) -> str:
    """« , pour Léa »; nothing of a request that is about no child."""
    prenom = getattr(demande_enfant, "prenom", "")
    return f", pour {prenom}" if prenom else ""
