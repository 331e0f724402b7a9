"""Files that nobody reads without the keys: encrypted as they are written, in whatever storage holds the others.

A file begins with our mark and the number of the key that wrote it, then a Fernet token, as bytes. One that begins
otherwise is from before, and is read as it is until `manage.py rechiffrer` has passed.
"""

import base64
import hashlib
from enum import StrEnum
from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage
from django.utils.deconstruct import deconstructible

from socle.chiffrement import trousseau

MARQUE = b"PFC1"
NUMERO = 4  # bytes that tell a key from another, and nothing of it


class Etat(StrEnum):
    """How a file lies there."""

    CLAIR = "en clair"
    ANCIENNE_CLE = "d’une ancienne clé"
    CLE_COURANTE = "de la clé courante"


@deconstructible
class Coffre(Storage):
    """Encrypts what it is given to keep. Files are of a few megabytes: each is whole in memory for a moment."""

    def _save(self, name: str, content: File) -> str:
        content.seek(0)
        return default_storage.save(name, ContentFile(_fermer(content.read())))

    def _open(self, name: str, mode: str = "rb") -> File:
        """Raises `cryptography.fernet.InvalidToken` if none of our keys wrote it."""
        with default_storage.open(name) as fichier:
            return File(BytesIO(_ouvrir(fichier.read())), name=name)

    def etat(self, name: str) -> Etat:
        """From its first bytes."""
        with default_storage.open(name) as fichier:
            debut = fichier.read(len(MARQUE) + NUMERO)
        if not debut.startswith(MARQUE):
            return Etat.CLAIR
        courante = debut[len(MARQUE) :] == _numero(settings.CLES_CHIFFREMENT[0])
        return Etat.CLE_COURANTE if courante else Etat.ANCIENNE_CLE

    def delete(self, name: str) -> None:
        default_storage.delete(name)

    def exists(self, name: str) -> bool:
        return default_storage.exists(name)

    def size(self, name: str) -> int:
        """As it lies there: a little more than what was given."""
        return default_storage.size(name)


def _fermer(clair: bytes) -> bytes:
    # A token is text, for those who want text: as bytes, a quarter less.
    jeton = base64.urlsafe_b64decode(trousseau().encrypt(clair))
    return MARQUE + _numero(settings.CLES_CHIFFREMENT[0]) + jeton


def _ouvrir(range_: bytes) -> bytes:
    if not range_.startswith(MARQUE):
        return range_
    return trousseau().decrypt(base64.urlsafe_b64encode(range_[len(MARQUE) + NUMERO :]))


def _numero(cle: str) -> bytes:
    return hashlib.sha256(cle.encode()).digest()[:NUMERO]
