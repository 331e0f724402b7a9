"""Whether the keys that we were given open what is stored: told at start, rather than on a child's health page."""

from collections.abc import Iterator, Sequence
from typing import cast

from cryptography.fernet import InvalidToken
from django.apps import AppConfig
from django.apps import apps as apps_courantes
from django.apps.registry import Apps
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, models

from socle.chiffrement import Chiffre, Secret

AUTRES_CLES = "CLES_CHIFFREMENT does not decrypt what this database holds: put back the key that wrote it."
PHRASE = "portail famille"


def modeles_chiffres(apps: Apps = apps_courantes) -> Iterator[tuple[type[models.Model], list[str]]]:
    """The models that hold secrets, and their fields."""
    for modele in apps.get_models(include_auto_created=True):
        champs = [champ.attname for champ in modele._meta.local_concrete_fields if isinstance(champ, Chiffre)]
        if champs and modele._meta.managed and not modele._meta.proxy:
            yield modele, champs


def refuser_d_autres_cles() -> None:
    """For whoever starts serving or working. Raises ImproperlyConfigured."""
    try:
        if not _ouvrent():
            raise ImproperlyConfigured(AUTRES_CLES)
    finally:
        connection.close()


def verifier_les_cles(app_configs: Sequence[AppConfig] | None = None, **options: object) -> list[CheckMessage]:
    """For `check --deploy`."""
    return [] if _ouvrent() else [Error(AUTRES_CLES, id="socle.E001")]


def verifier_les_cles_de_la_base(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **options: object
) -> list[CheckMessage]:
    """For `check --database`, and before each `migrate`: a migration writes nothing with a key that is not ours."""
    return verifier_les_cles() if databases else []


def poser_le_temoin(*, apps: Apps = apps_courantes, **signal: object) -> None:
    """After each migrate, where it is not there yet: a value that our keys open, and others do not."""
    try:
        temoins = apps.get_model("socle", "Temoin")._base_manager
    except LookupError:
        return
    if not temoins.exists() and all(map(_s_ouvre, _un_de_chaque(apps))):
        temoins.bulk_create([temoins.model(pk=1, phrase=PHRASE)], ignore_conflicts=True)


def _ouvrent() -> bool:
    """The witness, or one value of each kind before it was there. Without a database there is nothing to open."""
    try:
        temoin = apps_courantes.get_model("socle", "Temoin")._base_manager.values_list("phrase", flat=True).first()
        secrets = _un_de_chaque(apps_courantes) if temoin is None else [cast(Secret, temoin)]
        return all(map(_s_ouvre, secrets))
    except DatabaseError:
        return True


def _s_ouvre(secret: Secret) -> bool:
    try:
        secret.en_clair()
    except InvalidToken:
        return False
    return True


def _un_de_chaque(apps: Apps) -> Iterator[Secret]:
    for modele, champs in modeles_chiffres(apps):
        for champ in champs:
            secrets = modele._base_manager.exclude(**{champ: ""}).order_by("-pk").values_list(champ, flat=True)
            if isinstance(secret := secrets.first(), Secret):
                yield secret
