"""A database as the guide makes it: an ordinary role owns it and migrates, another serves."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from portail.base_embarquee.serveur import SERVICE
from tests.messagerie.ouvriers import serveur_du_proprietaire

BASE, ROLE = "essai_de_deux_roles", "essai_proprietaire"
Gerer = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def gerer(db) -> Iterator[Gerer]:
    """`manage.py …` on that database; `migre`: with the address that only who migrates has."""
    params = connection.get_connection_params()
    ailleurs = f"@/{BASE}?{urlencode({'host': params['host'], 'port': params['port']})}"
    environnement = {
        "PATH": os.environ["PATH"],
        "PORTAIL_MODE": "developpement",
        "DATABASE_URL": f"postgres://{SERVICE}{ailleurs}",
    }

    def gerer(*arguments: str, migre: bool = False) -> subprocess.CompletedProcess:
        aussi = {"DATABASE_URL_PROPRIETAIRE": f"postgres://{ROLE}{ailleurs}"} if migre else {}
        commande = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            commande, cwd=settings.BASE_DIR, env=environnement | aussi, capture_output=True, text=True, check=False
        )

    with serveur_du_proprietaire() as curseur:
        curseur.execute(f"DROP DATABASE IF EXISTS {BASE}")
        curseur.execute(f"DROP ROLE IF EXISTS {ROLE}")
        curseur.execute(f"CREATE ROLE {ROLE} LOGIN")
        curseur.execute(f"CREATE DATABASE {BASE} OWNER {ROLE}")
        yield gerer
        curseur.execute(f"DROP DATABASE {BASE} WITH (FORCE)")
        curseur.execute(f"DROP ROLE {ROLE}")


@pytest.mark.long
def test_un_proprietaire_ordinaire_migre_et_l_autre_sert(gerer: Gerer):
    refus = gerer("migrate")
    assert refus.returncode == 1, refus.stdout
    assert "migrate with DATABASE_URL_PROPRIETAIRE" in refus.stderr, refus.stderr

    migration = gerer("migrate", "--verbosity=0", migre=True)
    assert (migration.returncode, migration.stderr) == (0, "")
    assert gerer("migrate", "--check").returncode == 0
    assert "socle." not in gerer("check", "--deploy").stderr
    peuplement = gerer("peupler", "--familles=3", "--annees=1", "--verbosity=0")
    assert (peuplement.returncode, peuplement.stderr) == (0, "")
