"""Real workers: other processes, the queue of production, an SMTP server on loopback. And what befalls them."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from socle.roles.proprietaire import proprietaire_de

DELAI = 60  # seconds: a busy machine is not a broken one
OUVRIER = "ouvrier-d-un-essai"

Embaucher = Callable[..., subprocess.Popen]


@pytest.fixture
def embaucher(transactional_db, settings, smtp) -> Iterator[Embaucher]:
    """Starts `manage.py db_worker`, which ends with the queue unless told otherwise. None outlives its test."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    environnement = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.reglages_ouvrier",
        "BASE_DE_L_ESSAI": connection.settings_dict["NAME"],
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "PGAPPNAME": OUVRIER,
    }
    # Killed with us too, should pytest itself be.
    commande = ["setpriv", "--pdeathsig", "KILL", "--", sys.executable, "manage.py", "db_worker"]
    embauches: list[subprocess.Popen] = []

    def embaucher(*options: str) -> subprocess.Popen:
        arguments = [*commande, "--no-startup-delay", "--verbosity=0", *(options or ["--batch"])]
        ouvrier = subprocess.Popen(arguments, cwd=settings.BASE_DIR, env=environnement, stdin=subprocess.DEVNULL)
        embauches.append(ouvrier)
        return ouvrier

    yield embaucher
    for ouvrier in embauches:
        tuer(ouvrier)


def tuer(ouvrier: subprocess.Popen) -> None:
    """SIGKILL: it has no last word. Nothing happens to one that has ended."""
    ouvrier.kill()
    ouvrier.wait()


def attendre(condition: Callable[[], bool]) -> None:
    limite = time.monotonic() + DELAI
    while not condition():
        assert time.monotonic() < limite, "what the test waits for does not come"
        time.sleep(0.01)


@contextmanager
def aucun_fil_ne_s_ecrit() -> Iterator[None]:
    """A worker stops in the middle of its transaction, its lot in hand, where it would write the threads."""
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("LOCK TABLE messagerie_fil IN EXCLUSIVE MODE")
        yield


def en_plein_lot() -> set[int]:
    """The sessions that stand before `aucun_fil_ne_s_ecrit`."""
    return _sessions(
        "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'messagerie_fil'::regclass"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )


@contextmanager
def sans_postgresql() -> Iterator[None]:
    """PostgreSQL is away for workers: their sessions end, and no other opens. The test's own stays."""
    base = connection.ops.quote_name(connection.settings_dict["NAME"])
    with serveur_du_proprietaire() as curseur:
        curseur.execute(f"ALTER DATABASE {base} ALLOW_CONNECTIONS false")
        try:
            # Of this test's database: another test, at the same moment, has workers of its own.
            curseur.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s AND datname = %s",
                [OUVRIER, connection.settings_dict["NAME"]],
            )
            yield
        finally:
            curseur.execute(f"ALTER DATABASE {base} ALLOW_CONNECTIONS true")


@contextmanager
def serveur_du_proprietaire() -> Iterator[CursorWrapper]:
    """A session of the owner, in another database than the test's."""
    acces = {**connection.settings_dict, **proprietaire_de(connection), "NAME": "postgres"}
    proprietaire = type(connections["default"])(acces)
    try:
        with proprietaire.cursor() as curseur:
            yield curseur
    finally:
        proprietaire.close()


def les_morts_sont_enterres() -> bool:
    """Whether PostgreSQL has noticed, and taken back what they held."""
    return not _sessions(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s", OUVRIER
    )


def _sessions(sql: str, *parametres: str) -> set[int]:
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return {pid for (pid,) in curseur.fetchall()}
