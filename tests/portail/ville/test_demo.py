"""The demo as a newcomer runs it: it serves, lets one in, and leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
import pytest

from portail.base_embarquee.serveur import PROPRIETAIRE, Serveur
from portail.management.commands.demo import ou_vont_les_courriels

RACINE = Path(__file__).resolve().parents[3]


class Demo:
    """`manage.py demo`, with a folder of its own."""

    def __init__(self, etat: Path):
        self.etat = etat
        ailleurs = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PGDATA", "MEDIA_ROOT", "EMAIL_URL"}
        propre = {nom: valeur for nom, valeur in os.environ.items() if nom not in ailleurs}
        self.env = propre | {"PORTAIL_MODE": "demo", "ETAT": str(etat)}

    def lancer(self, *options: str, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "demo", *options],
            cwd=RACINE,
            env=self.env | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def refus(self, *options: str, **env: str) -> str:
        with self.lancer(*options, **env) as processus:
            dit = processus.communicate(timeout=60)[0]
        assert processus.returncode == 1
        return dit

    def adresse(self, processus: subprocess.Popen[str]) -> str:
        """Where it serves, once it says so."""
        dit = ""
        for ligne in processus.stdout:
            dit += ligne
            if adresse := re.search(r"http://\S+", ligne):
                return adresse[0]
        raise AssertionError(f"the demo stopped and said:\n{dit}")

    def roles(self) -> set[str]:
        """Those by which its processes are connected to its database."""
        with Serveur(self.etat / "postgres") as info:
            acces = {"host": str(info.socket_dir), "port": info.port, "user": PROPRIETAIRE, "dbname": "postgres"}
            with closing(psycopg2.connect(**acces)) as connexion, connexion.cursor() as curseur:
                curseur.execute(
                    "SELECT DISTINCT usename FROM pg_stat_activity"
                    " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                )
                return {role for (role,) in curseur}

    def restants(self) -> list[str]:
        """The processes that live in our folder, by what they were started with."""
        trouves = []
        for processus in Path("/proc").glob("[0-9]*"):
            try:
                if str(self.etat).encode() in (processus / "environ").read_bytes():
                    trouves.append((processus / "cmdline").read_text().replace("\0", " "))
            except OSError:  # ended meanwhile, or somebody else's
                continue
        return trouves


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """Prepared once: the second start is quick. Not in pytest's folder, which another session closes to PostgreSQL."""
    with TemporaryDirectory(prefix="portail-") as dossier:
        yield Demo(Path(dossier) / "var")


def attendre(condition: Callable[[], bool]) -> bool:
    limite = time.monotonic() + 60
    while not condition() and time.monotonic() < limite:
        time.sleep(0.1)
    return condition()


class Visite:
    """A browser without JavaScript."""

    def __init__(self, adresse: str):
        self.adresse = adresse
        self.navigateur = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def envoyer(self, ici: str, la: str, **champs: str) -> tuple[str, str]:
        """The form of that page, sent there: where it leads, and what one reads."""
        page = self.navigateur.open(f"{self.adresse}{ici}").read().decode()
        champs["csrfmiddlewaretoken"] = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        reponse = self.navigateur.open(f"{self.adresse}{la}", urllib.parse.urlencode(champs).encode())
        return reponse.url.removeprefix(self.adresse), reponse.read().decode()


@pytest.mark.lent
def test_la_demonstration_sert_puis_ne_laisse_rien(demo: Demo):
    with demo.lancer("--port", "0") as processus:
        try:
            adresse = demo.adresse(processus)
            visite = Visite(adresse)
            _, accueil = visite.envoyer("connexion/", "connexion/", username="dupont", password="Plombieres21")
            assert "JEAN DUPONT" in accueil.upper()
            # « Déconnexion » leads to the town's site, as in the guide: the demo has one of its own.
            ou, ville = visite.envoyer("", "deconnexion/")
            assert ou == "ville/"
            assert "Ville de Saint-Jean" in ville
            assert "Vous êtes déconnecté" in ville
            # An address that no page has is answered by a page of ours, not by the server's own.
            with pytest.raises(urllib.error.HTTPError) as absurde:
                visite.navigateur.open(f"{adresse}factures/{'9' * 4400}/pdf/")
            assert absurde.value.code in {400, 404}
            assert 'lang="fr"' in absurde.value.read().decode()
            assert demo.roles() == {"portail_service"}
            assert demo.refus("--port", "0", "--neuf").startswith("Une démonstration tourne déjà")
        finally:
            processus.send_signal(signal.SIGINT)
        assert "Démonstration arrêtée." in processus.communicate(timeout=60)[0]
    assert processus.returncode == 0
    assert attendre(lambda: demo.restants() == []), demo.restants()


@pytest.mark.long
@pytest.mark.lent
def test_tuee_net_la_demonstration_entraine_les_siens(demo: Demo):
    with demo.lancer("--port", "0") as processus:
        try:
            demo.adresse(processus)
        finally:
            processus.kill()
    attendre(lambda: all("postgres" in commande for commande in demo.restants()))
    assert Serveur(demo.etat / "postgres").rendre(), "somebody still holds the server"
    assert attendre(lambda: demo.restants() == []), demo.restants()


def test_un_port_occupe_se_dit_en_une_ligne(tmp_path: Path):
    demo = Demo(tmp_path / "var")
    with socket.create_server(("127.0.0.1", 0)) as occupant:
        port = occupant.getsockname()[1]
        attendu = f"Le port {port} n’est pas libre\u00a0: essayez bin/demo --port {port + 1}.\n"
        assert demo.refus("--port", str(port)) == attendu
    assert not demo.etat.exists()


def test_la_demonstration_ne_touche_pas_une_vraie_base(demo: Demo):
    assert "retirez DATABASE_URL" in demo.refus(DATABASE_URL="postgres://localhost/vraie")


def test_recommencer_n_efface_que_son_dossier(demo: Demo, tmp_path: Path):
    precieux = tmp_path / "ailleurs" / "postgres"
    precieux.mkdir(parents=True)
    assert "PGDATA désigne un autre dossier" in demo.refus("--port", "0", "--neuf", PGDATA=str(precieux))
    assert precieux.exists()


def test_elle_dit_ou_vont_les_courriels(settings):
    settings.EMAIL_FILE_PATH = "/demo/courriels"
    assert ou_vont_les_courriels() == "s’écrivent dans /demo/courriels"


def test_avec_un_serveur_de_courrier_elle_le_nomme(settings):
    settings.EMAIL_FILE_PATH = None
    settings.EMAIL_HOST = "smtp.saint-jean.example"
    assert ou_vont_les_courriels() == "partent par smtp.saint-jean.example"
