"""Becoming the role that owns the tables, for as long as a migration lasts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

# Who connects, and where: a migration does not pass through a pooler. The database is the same.
CONNEXION = ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


def proprietaire_de(connexion: BaseDatabaseWrapper) -> dict[str, object]:
    """How the role that owns the tables connects; empty where nobody said it: the one that serves owns them too."""
    sien = connexion.settings_dict.get("PROPRIETAIRE", {})
    return {cle: sien[cle] for cle in CONNEXION if cle in sien}


@contextmanager
def en_proprietaire(connexion: BaseDatabaseWrapper) -> Iterator[None]:
    """In the block, this connection is that of the role that owns the tables. Not inside a transaction."""
    with autrement(connexion, proprietaire_de(connexion)):
        yield


@contextmanager
def autrement(connexion: BaseDatabaseWrapper, acces: Mapping[str, object]) -> Iterator[None]:
    """In the block, it connects as `acces` says."""
    reglages = connexion.settings_dict
    avant = {cle: reglages.get(cle, "") for cle in acces}
    connexion.close()
    reglages.update(acces)
    try:
        yield
    finally:
        connexion.close()
        reglages.update(avant)
