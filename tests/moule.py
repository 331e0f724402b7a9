"""The database as migrations leave it, made once and copied: each process of the tests would migrate its own otherwise.

It stays on the server from one run to the next, under the fingerprint of the migrations that made it.
"""

import hashlib
import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader

from socle.roles.proprietaire import en_proprietaire

PREFIXE, EN_COURS = "moule_", "moule_en_cours"
# Any number that nobody else takes for a lock.
VERROU = 1815


def moule(connexion: BaseDatabaseWrapper) -> str:
    """The name of that database, which the first process to ask makes while the others wait."""
    nom = PREFIXE + _empreinte()
    with connexion._nodb_cursor() as curseur, _un_seul_a_la_fois(curseur):
        presents = _moules(curseur)
        if nom not in presents:
            for perime in presents:
                curseur.execute(f"DROP DATABASE {perime}")
            curseur.execute(f"CREATE DATABASE {EN_COURS}")
            _migrer(connexion)
            curseur.execute(f"ALTER DATABASE {EN_COURS} RENAME TO {nom}")
    return nom


def _empreinte() -> str:
    """Of every migration installed, of the rights given after them, and of the keys that their witness is for."""
    migrations = [inspect.getfile(type(migration)) for migration in MigrationLoader(None).disk_migrations.values()]
    droits = [*settings.BASE_DIR.glob("*/droits.py"), *settings.BASE_DIR.glob("*/droits/*.py")]
    empreinte = hashlib.sha256(",".join(settings.CLES_CHIFFREMENT).encode())
    for fichier in sorted(Path(fichier) for fichier in [*migrations, *droits]):
        empreinte.update(fichier.read_bytes())
    return empreinte.hexdigest()[:16]


@contextmanager
def _un_seul_a_la_fois(curseur: CursorWrapper) -> Iterator[None]:
    curseur.execute("SELECT pg_advisory_lock(%s)", [VERROU])
    try:
        yield
    finally:
        curseur.execute("SELECT pg_advisory_unlock(%s)", [VERROU])


def _moules(curseur: CursorWrapper) -> list[str]:
    curseur.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIXE])
    return [nom for (nom,) in curseur.fetchall()]


def _migrer(connexion: BaseDatabaseWrapper) -> None:
    ailleurs = connexion.settings_dict["NAME"]
    connexion.close()
    connexion.settings_dict["NAME"] = EN_COURS
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        # Nobody may be connected to a database that is renamed or copied.
        connexion.close()
        connexion.settings_dict["NAME"] = ailleurs


def preparer() -> None:
    """`python -m tests.moule`: make it before the processes of the tests start, which would wait for it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.reglages"
    django.setup()
    with en_proprietaire(connection):
        moule(connection)


if __name__ == "__main__":
    preparer()
