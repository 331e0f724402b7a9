"""Between us and PostgreSQL may stand a pooler in transaction mode: it lends PostgreSQL's sessions, and keeps none."""

import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from facturation.campagne.emission import Emission
from facturation.models import Cahier, DocumentFacture
from famille.models import Famille
from messagerie.envois.lancement import lancer
from messagerie.models import Fil
from portail.base_embarquee.serveur import COMPTE_SYSTEME
from socle.ouvrier.ouvrier import Ouvrier
from socle.roles.proprietaire import autrement
from tests.facturation.ville import LE, batir, foyer, inscrire, reserver
from tests.maison.test_coherence import MODULES
from tests.messagerie.fabriques import preparer

# What a session keeps once its transaction is over.
DE_SESSION = re.compile(r"pg_(try_)?advisory_lock|\bLISTEN\b|\bPREPARE\b|SET SESSION\b|CREATE TEMP")
PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_rien_ne_compte_sur_la_session_de_postgresql(module: Path):
    assert not DE_SESSION.search(module.read_text())


@contextmanager
def pooler() -> Iterator[int]:
    """PgBouncer in transaction mode, before the tests' server; its port."""
    with TemporaryDirectory(prefix="pgbouncer-") as dossier, socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
        libre.close()
        comptes = Path(dossier, "comptes")
        comptes.write_text('"portail_service" ""\n')
        reglages = Path(dossier, "pgbouncer.ini")
        params = connection.get_connection_params()
        reglages.write_text(
            f"[databases]\n* = host={params['host']} port={params['port']}\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
            f"auth_type = trust\nauth_file = {comptes}\npool_mode = transaction\ndefault_pool_size = 4\n"
        )
        commande = ["setpriv", "--pdeathsig", "KILL", "--", str(PGBOUNCER), "--quiet"]
        if os.geteuid() == 0:  # it refuses to run as root
            compte = pwd.getpwnam(COMPTE_SYSTEME)
            for chemin in (dossier, comptes, reglages):
                os.chown(chemin, compte.pw_uid, compte.pw_gid)
            commande += ["--user", COMPTE_SYSTEME]
        processus = subprocess.Popen([*commande, str(reglages)], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _attendre(port)
            yield port
        finally:
            processus.kill()
            processus.wait()


def _attendre(port: int) -> None:
    limite = time.monotonic() + 30
    while time.monotonic() < limite:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("PgBouncer does not listen")


def travailler() -> None:
    """A worker, until the queue is empty."""
    Ouvrier(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="essai",
        excluded_queue_names=[],
    ).run()


def verrous() -> int:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return curseur.fetchone()[0]


@pytest.mark.long
@pytest.mark.skipif(not PGBOUNCER, reason="PgBouncer is not installed: bin/setup --complet installs it.")
def test_pages_ouvriers_et_reprises_derriere_pgbouncer(transactional_db, settings, dupont, agent, time_machine):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    time_machine.move_to(LE)
    ville = batir()
    for _ in range(3):
        famille, enfant = foyer()
        reserver(inscrire(famille, enfant, ville.cantine), [1])
    with (
        pooler() as port,
        autrement(connection, {"HOST": "127.0.0.1", "PORT": str(port), "DISABLE_SERVER_SIDE_CURSORS": "1"}),
    ):
        client = Client()
        client.force_login(dupont.compte)
        for page in ("accueil", "famille:mon_compte", "demandes:liste"):
            assert client.get(reverse(page)).status_code == 200
        lancer(preparer(agent), par=agent, attendues=Famille.objects.count())
        Emission(ville.campagne(), le=date(2026, 11, 2), par=None).emettre()
        travailler()
        time_machine.shift(1000)
        for _ in range(5):
            call_command("reprendre_factures")
            call_command("reprendre_envois")
            assert verrous() == 0
        assert client.get(reverse("accueil")).status_code in {200, 302}
    assert verrous() == 0
    assert {tache.status for tache in DBTaskResult.objects.all()} == {"SUCCESSFUL"}
    assert (DocumentFacture.objects.count(), Cahier.objects.count()) == (3, 1)
    assert Fil.objects.count() == Famille.objects.count() > 1
