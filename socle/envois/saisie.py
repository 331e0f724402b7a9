"""What was typed in a form, for a page that offers to send it again: fields by name, and files to choose again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest

JETON = "csrfmiddlewaretoken"
# What a page must not write back.
SECRETS = ("password", "mot_de_passe", JETON)


@dataclass(frozen=True)
class Saisie:
    """`fichiers`: each field of files, and the names of those chosen: « identité.pdf, domicile.pdf »."""

    adresse: str
    champs: list[tuple[str, str]]
    fichiers: list[tuple[str, str]]

    @classmethod
    def de(cls, request: HttpRequest) -> Self:
        fichiers = [(nom, ", ".join(recu.name or "" for recu in recus if recu)) for nom, recus in request.FILES.lists()]
        return cls(request.get_full_path(), list(_champs(request)), fichiers)


def _champs(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for nom, valeurs in request.POST.lists():
        if not any(secret in nom for secret in SECRETS):
            yield from ((nom, str(valeur)) for valeur in valeurs)
