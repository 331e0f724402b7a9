"""Files that no row names: what a machine that stopped half-way left, or a backup brought back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

# What is being sent has its file before its row, for a moment; a worker's papers, for longer.
RECENT = timedelta(days=1)
LOT = 500  # names looked for at once


def orphelins() -> Iterator[str]:
    """Their names in the storage."""
    avant, champs = timezone.now() - RECENT, list(_champs())
    for noms in _lots(_noms("")):
        connus = {
            nom
            for modele, champ in champs
            for nom in modele._base_manager.filter(**{f"{champ}__in": noms}).values_list(champ, flat=True)
        }
        yield from (nom for nom in noms if nom not in connus and _date(nom) < avant)


def _champs() -> Iterator[tuple[type[models.Model], str]]:
    for modele in apps.get_models(include_auto_created=True):
        for champ in modele._meta.local_concrete_fields:
            if isinstance(champ, models.FileField):
                yield modele, champ.attname


def _noms(dossier: str) -> Iterator[str]:
    """Every file under that folder."""
    try:
        dossiers, fichiers = default_storage.listdir(dossier)
    except FileNotFoundError:
        return
    prefixe = f"{dossier}/" if dossier else ""
    yield from (prefixe + nom for nom in sorted(fichiers))
    for nom in sorted(dossiers):
        yield from _noms(prefixe + nom)


def _lots(noms: Iterator[str]) -> Iterator[list[str]]:
    lot = []
    for nom in noms:
        lot.append(nom)
        if len(lot) == LOT:
            yield lot
            lot = []
    if lot:
        yield lot


def _date(nom: str) -> datetime:
    """Of its last writing. One that went meanwhile is no orphan."""
    try:
        return default_storage.get_modified_time(nom)
    except FileNotFoundError:
        return timezone.now()
