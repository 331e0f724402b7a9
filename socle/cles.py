"""Whether the keys that we were given open what is stored: told at start, rather than on a child's health page."""

from collections.abc import Iterator, Sequence

from cryptography.fernet import InvalidToken
from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, models

from socle.chiffrement import Chiffre, Secret

AUTRES_CLES = "CLES_CHIFFREMENT does not decrypt what this database holds: put back the key that wrote it."


def modeles_chiffres() -> Iterator[tuple[type[models.Model], list[str]]]:
    """The models that hold secrets, and their fields."""
    for modele in apps.get_models(include_auto_created=True):
        champs = [champ.attname for champ in modele._meta.local_concrete_fields if isinstance(champ, Chiffre)]
        if champs and modele._meta.managed and not modele._meta.proxy:
            yield modele, champs


def refuser_d_autres_cles() -> None:
    """For whoever starts serving. Raises ImproperlyConfigured."""
    try:
        if not _ouvrent():
            raise ImproperlyConfigured(AUTRES_CLES)
    finally:
        connection.close()


def verifier_les_cles(app_configs: Sequence[AppConfig] | None = None, **options: object) -> list[CheckMessage]:
    """For `check --deploy`."""
    return [] if _ouvrent() else [Error(AUTRES_CLES, id="socle.E001")]


def _ouvrent() -> bool:
    """One value of each kind is tried. Without a database, or before its tables, there is nothing to open."""
    try:
        for secret in _un_de_chaque():
            secret.en_clair()
    except InvalidToken:
        return False
    except DatabaseError:
        return True
    return True


def _un_de_chaque() -> Iterator[Secret]:
    for modele, champs in modeles_chiffres():
        for champ in champs:
            secrets = modele._base_manager.exclude(**{champ: ""}).order_by("-pk").values_list(champ, flat=True)
            if isinstance(secret := secrets.first(), Secret):
                yield secret
