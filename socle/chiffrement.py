"""Encryption at rest: model fields that PostgreSQL only ever sees as Fernet tokens.

A value is decrypted when its attribute is read, not when its row is loaded: a page that does not show an
IBAN or an allergy never decrypts it. Keys: `settings.CLES_CHIFFREMENT`, newest first.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django import forms
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable, Expression
from django.db.models.query_utils import DeferredAttribute


@dataclass(frozen=True)
class Secret:
    """A value as stored: encrypted, and silent about its content."""

    jeton: str

    def __str__(self) -> str:
        return "••••"

    def en_clair(self) -> str:
        """Decrypt. Raises `cryptography.fernet.InvalidToken` if none of our keys wrote it."""
        return trousseau().decrypt(self.jeton.encode()).decode()

    @property
    def est_de_la_cle_courante(self) -> bool:
        """The newest key opens it by itself: the others may go."""
        try:
            _coffre(tuple(settings.CLES_CHIFFREMENT[:1])).decrypt(self.jeton.encode())
        except InvalidToken:
            return False
        return True

    def avec_la_cle_courante(self) -> "Secret":
        """The same value, encrypted with the newest key."""
        return Secret(trousseau().rotate(self.jeton.encode()).decode())

    @classmethod
    def de(cls, texte: str) -> "Secret":
        return cls(trousseau().encrypt(texte.encode()).decode())


def trousseau() -> MultiFernet:
    """Our keys together: the first encrypts, each decrypts."""
    return _coffre(tuple(settings.CLES_CHIFFREMENT))


@lru_cache(maxsize=4)
def _coffre(cles: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(cle) for cle in cles])


# What may be written to a field, and what is read from it.
Ecrit = TypeVar("Ecrit")
Lu = TypeVar("Lu")


class AttributChiffre(DeferredAttribute):
    """Decrypts on first reading, and keeps the clear value on the instance."""

    field: "Chiffre[object, object]"

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> object:
        valeur = super().__get__(instance, cls)
        if instance is not None and isinstance(valeur, Secret):
            valeur = instance.__dict__[self.field.attname] = self.field.depuis_texte(valeur.en_clair())
        return valeur

    def __set__(self, instance: models.Model, valeur: object) -> None:
        # Without a setter, Python would read the instance's dictionary first and never come here.
        instance.__dict__[self.field.attname] = valeur


class Chiffre(models.TextField[Ecrit, Lu]):
    """Encrypted at rest. What is empty stays empty: nothing to hide. Cannot be searched or sorted."""

    descriptor_class = AttributChiffre

    def depuis_texte(self, texte: str) -> Lu:
        raise NotImplementedError

    def from_db_value(self, valeur: str, expression: Expression, connection: BaseDatabaseWrapper) -> object:
        return Secret(valeur) if valeur else valeur

    def get_prep_value(self, valeur: object) -> str:
        if isinstance(valeur, Secret):
            return valeur.jeton
        return Secret.de(str(valeur)).jeton if valeur else ""


class TexteChiffre(Chiffre[str | Combinable, str]):
    """Text, encrypted at rest."""

    def depuis_texte(self, texte: str) -> str:
        return texte

    def to_python(self, valeur: object) -> object:
        return valeur if isinstance(valeur, Secret) else super().to_python(valeur)


class DateChiffree(Chiffre[date | str | None, date | None]):
    """A date, encrypted at rest as ISO text."""

    def depuis_texte(self, texte: str) -> date:
        return date.fromisoformat(texte)

    def to_python(self, valeur: object) -> object:
        return valeur if isinstance(valeur, Secret) or not valeur else models.DateField().to_python(valeur)

    def formfield(self, **options: object) -> forms.Field | None:
        options = {"form_class": forms.DateField, **options}
        return models.Field.formfield(self, **options)  # type: ignore[arg-type]  # Django's own options, handed on


class JsonChiffre(Chiffre[dict[str, object], dict[str, object]]):
    """A JSON object, encrypted at rest, decrypted when its attribute is read."""

    def depuis_texte(self, texte: str) -> dict[str, object]:
        return json.loads(texte)

    def from_db_value(self, valeur: str, expression: Expression, connection: BaseDatabaseWrapper) -> object:
        return Secret(valeur) if valeur else {}

    def get_prep_value(self, valeur: object) -> str:
        if isinstance(valeur, Secret) or not valeur:
            return super().get_prep_value(valeur)
        return super().get_prep_value(json.dumps(valeur))

    def to_python(self, valeur: object) -> object:
        return valeur
