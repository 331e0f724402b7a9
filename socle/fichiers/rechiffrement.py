"""Encrypted files under the newest key: those of an older one, and those that were in clear before there was any."""

from collections.abc import Iterator
from functools import partial

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models, transaction

from socle.fichiers.coffre import Coffre, Etat
from socle.fichiers.pieces import chemin_au_hasard

LOT = 500  # rows read at once

Piece = tuple[int, str]  # key, name in the storage


def champs_au_coffre() -> Iterator[tuple[type[models.Model], models.FileField]]:
    """The models that hold such files, and the field that names them."""
    for modele in apps.get_models(include_auto_created=True):
        for champ in modele._meta.local_concrete_fields:
            if isinstance(champ, models.FileField) and isinstance(champ.storage, Coffre):
                yield modele, champ


def fichiers(modele: type[models.Model], champ: models.FileField) -> Iterator[Piece]:
    """Each row that names a file."""
    dernier = 0
    lignes = modele._base_manager.exclude(**{champ.attname: ""}).order_by("pk")
    while lot := list(lignes.filter(pk__gt=dernier).values_list("pk", champ.attname)[:LOT]):
        yield from lot
        dernier = lot[-1][0]


def etat(champ: models.FileField, nom: str) -> Etat | None:
    """None: nobody can read it. Opens it whole."""
    try:
        with champ.storage.open(nom):
            return Coffre().etat(nom)
    except (InvalidToken, OSError):
        return None


def rechiffrer(modele: type[models.Model], champ: models.FileField, piece: Piece) -> None:
    """Written anew under another name, its row next, and only then the old one goes: to be stopped at any moment.

    Raises InvalidToken, or OSError if it is not there.
    """
    cle, nom = piece
    with champ.storage.open(nom) as fichier:
        nouveau = champ.storage.save(chemin_au_hasard(nom.rpartition(".")[2]), ContentFile(fichier.read()))
    try:
        with transaction.atomic():
            ligne = modele._base_manager.filter(pk=cle, **{champ.attname: nom})
            if not ligne.update(**{champ.attname: nouveau}):
                # It went meanwhile, with its row.
                champ.storage.delete(nouveau)
                return
            transaction.on_commit(partial(champ.storage.delete, nom))
    except BaseException:
        champ.storage.delete(nouveau)
        raise
