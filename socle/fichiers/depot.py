"""Where the queue's papers go: each once, whoever makes it, and however many at a time."""

from collections.abc import Callable

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction


def ranger(nom: str, contenu: File, inscrire: Callable[[str], models.Model]) -> bool:
    """Store a file, then write its row (`inscrire`, given the name it got); tells whether it was kept.

    Of two workers on the same paper, the second finds the row there and throws its own file away.
    """
    range_sous = default_storage.save(nom, contenu)
    try:
        with transaction.atomic():
            inscrire(range_sous)
    except IntegrityError:
        default_storage.delete(range_sous)
        return False
    return True
