"""Writing files and rows together: all of them, or nothing of either."""

import errno
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError, models, transaction
from django.db.models.fields.files import FieldFile

logger = logging.getLogger(__name__)

DISQUE_PLEIN = "53100"  # PostgreSQL's own code
# Of the disk alone: no network, no font that is missing.
REFUS_DU_DISQUE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO, errno.ENOENT, errno.ENOTDIR}
# What the verb that is running has written so far.
_ECRITS: ContextVar[list[FieldFile] | None] = ContextVar("fichiers écrits", default=None)


class EnvoiRefuse(Exception):
    """What somebody sends cannot be taken: one French sentence, fit to be shown; nothing is kept of it."""


class EcritureImpossible(EnvoiRefuse):
    """The disk is full, or gone."""

    def __init__(self) -> None:
        super().__init__(
            "Le portail n’a pas pu enregistrer votre envoi\u00a0: rien n’en est gardé. Réessayez dans quelques "
            "minutes\u00a0; si cela dure, prévenez le centre."
        )


@contextmanager
def tout_ou_rien() -> Iterator[None]:
    """A transaction whose files go with its rows. Raises EcritureImpossible where the disk refuses either."""
    dehors, ecrits = _ECRITS.get(), list[FieldFile]()
    jeton = _ECRITS.set(ecrits)
    try:
        with transaction.atomic():
            yield
    except BaseException as erreur:
        for fichier in ecrits:
            effacer(fichier)
        if _faute_de_place(erreur):
            logger.exception("Nothing could be written")
            raise EcritureImpossible from erreur
        raise
    finally:
        _ECRITS.reset(jeton)
    if dehors is not None:
        dehors.extend(ecrits)


def noter(fichier: FieldFile) -> None:
    """It has just been written: it goes if what is being done fails."""
    ecrits = _ECRITS.get()
    if ecrits is not None:
        ecrits.append(fichier)


def effacer(fichier: FieldFile) -> None:
    """At best: what stays is an orphan, found by `manage.py purger_fichiers`."""
    with suppress(OSError):
        fichier.storage.delete(str(fichier))


def ranger(nom: str, contenu: File, inscrire: Callable[[str], models.Model]) -> bool:
    """Store a file, then write its row (`inscrire`, given the name it got); tells whether it was kept.

    Of two workers on the same paper, the second finds the row there and throws its own file away.
    """
    range_sous = default_storage.save(nom, contenu)
    try:
        with transaction.atomic():
            inscrire(range_sous)
    except BaseException as erreur:
        with suppress(OSError):
            default_storage.delete(range_sous)
        if isinstance(erreur, IntegrityError):
            return False
        raise
    return True


def _faute_de_place(erreur: BaseException) -> bool:
    if isinstance(erreur, OperationalError):
        return getattr(erreur.__cause__, "pgcode", None) == DISQUE_PLEIN
    return isinstance(erreur, OSError) and erreur.errno in REFUS_DU_DISQUE
