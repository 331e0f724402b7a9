"""The demo: a small town on this machine, with the real web server and the real task worker.

This process holds the database and watches over the others: they all stop together, and nothing is left behind.
"""

import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import connections

from portail.base_embarquee.serveur import serveur

SIGNAUX = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
DELAI_OUVERTURE = 60  # seconds
DELAI_ARRET = 10  # seconds

ACCUEIL = """
  Le portail est ouvert\u00a0: {adresse}

    dupont     Plombieres21   un parent, la famille du guide
    martin     Plombieres21   un autre parent
    nouveau    Provisoire1    première connexion\u00a0: mot de passe à changer
    agent      Plombieres21   l’accueil du centre       {adresse}admin/
    regie      Plombieres21   la régie                  {adresse}admin/
    direction  Plombieres21   la direction              {adresse}admin/

  Les e-mails envoyés {courriels}
  Ctrl-C pour arrêter.
"""


class Command(BaseCommand):
    help = "Prépare et sert la démonstration. Passez par bin/demo."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="le port du serveur web (8000)")
        parser.add_argument("--neuf", action="store_true", help="efface la démonstration et recommence")

    def handle(self, *, port: int, neuf: bool, **options: object) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)  # through a pipe too, what is said is said at once
        for signal_d_arret in SIGNAUX:
            signal.signal(signal_d_arret, interrompre)
        try:
            refuser_une_vraie_base()
            with prise_sur(port) as prise, seule_demonstration():
                settings.PORTAIL_ADRESSE = adresse_de(prise)  # messages of the town lead to it
                self.preparer(neuf=neuf)
                self.servir(prise)
        except KeyboardInterrupt:
            self.stdout.write("\nDémonstration arrêtée.")
        except CommandError as erreur:
            sys.exit(str(erreur))  # the sentence alone, without Django's « CommandError »

    def preparer(self, *, neuf: bool) -> None:
        if neuf:
            tout_effacer()
        self.stdout.write("Préparation de la démonstration…")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("peupler")
        collecter()
        connections.close_all()

    def servir(self, prise: socket.socket) -> None:
        adresse = f"{adresse_de(prise)}/"
        with Equipe(os.environ | {"PORTAIL_ADRESSE": adresse_de(prise)}) as equipe:
            equipe.lancer(
                "Le serveur web",
                *(sys.executable, "-m", "gunicorn", "portail.wsgi", f"--bind=fd://{prise.fileno()}"),
                *("--workers=2", "--worker-class=gthread", "--threads=4", "--keep-alive=15"),
                # As long a line as it takes: an absurd address has a page of the portal's, not the server's own.
                *("--limit-request-line=8190", "--graceful-timeout=5", "--log-level=warning", "--no-control-socket"),
                prise=prise,
            )
            equipe.lancer("L’exécuteur de tâches", sys.executable, "manage.py", "db_worker", "--verbosity=0")
            equipe.attendre_l_ouverture(f"{adresse}sante/")
            self.stdout.write(ACCUEIL.format(adresse=adresse, courriels=ou_vont_les_courriels()))
            equipe.veiller()


def ou_vont_les_courriels() -> str:
    """In a folder, unless EMAIL_URL names a mail server."""
    dossier = getattr(settings, "EMAIL_FILE_PATH", None)
    return f"s’écrivent dans {dossier}" if dossier else f"partent par {settings.EMAIL_HOST}"


class Equipe:
    """The processes of the demo. One falls, or a signal comes: all stop."""

    def __init__(self, environnement: dict[str, str]):
        self.environnement = environnement
        self.membres: dict[str, subprocess.Popen] = {}
        self.arret_demande = False

    def __enter__(self) -> "Equipe":
        # From here on signals are noted, not thrown: one in the middle of a launch would lose a child.
        for signal_d_arret in SIGNAUX:
            signal.signal(signal_d_arret, self.noter)
        return self

    def __exit__(self, *_: object) -> None:
        for membre in self.membres.values():
            membre.terminate()
        limite = time.monotonic() + DELAI_ARRET
        for membre in self.membres.values():
            with suppress(subprocess.TimeoutExpired):
                membre.wait(max(0, limite - time.monotonic()))
            with suppress(ProcessLookupError):  # nobody left in its session, as it should be
                os.killpg(membre.pid, signal.SIGKILL)
        rendre_la_base()

    def noter(self, numero: int, contexte: FrameType | None) -> None:
        self.arret_demande = True

    def lancer(self, nom: str, *commande: str, prise: socket.socket | None = None) -> None:
        """In a session of its own, deaf to the terminal's Ctrl-C; told to stop if this very process gets killed."""
        self.membres[nom] = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *commande],
            cwd=settings.BASE_DIR,
            env=self.environnement,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[prise.fileno()] if prise else [],
        )

    def attendre_l_ouverture(self, adresse: str) -> None:
        limite = time.monotonic() + DELAI_OUVERTURE
        while time.monotonic() < limite:
            self.verifier()
            with suppress(OSError), urllib.request.urlopen(adresse, timeout=5):
                return
            time.sleep(0.1)
        raise CommandError(f"Le serveur web ne répond pas à {adresse}.")

    def veiller(self) -> None:
        while True:
            self.verifier()
            time.sleep(0.2)

    def verifier(self) -> None:
        if self.arret_demande:
            raise KeyboardInterrupt
        for nom, membre in self.membres.items():
            if membre.poll() is not None:
                raise CommandError(f"{nom} s’est arrêté tout seul (code {membre.returncode})\u00a0: tout s’arrête.")


def interrompre(numero: int, contexte: FrameType | None) -> None:
    """The first signal stops the demo, the following ones do not disturb its end."""
    for signal_d_arret in SIGNAUX:
        signal.signal(signal_d_arret, signal.SIG_IGN)
    raise KeyboardInterrupt


def refuser_une_vraie_base() -> None:
    if settings.MODE != "demo":
        raise CommandError("La démonstration se lance par bin/demo.")
    if settings.DATABASES["default"]["ENGINE"] != "portail.base_embarquee":
        raise CommandError("La démonstration n’écrit que dans sa propre base\u00a0: retirez DATABASE_URL.")


@contextmanager
def prise_sur(port: int) -> Iterator[socket.socket]:
    """The port, taken before all the rest: nothing is prepared for nothing."""
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as erreur:
            raise CommandError(f"Le port {port} n’est pas libre\u00a0: essayez bin/demo --port {port + 1}.") from erreur
        yield prise


def adresse_de(prise: socket.socket) -> str:
    return f"http://127.0.0.1:{prise.getsockname()[1]}"


@contextmanager
def seule_demonstration() -> Iterator[None]:
    """Alone in its folder: two demos would share one database, and one could erase it under the other."""
    settings.ETAT.mkdir(parents=True, exist_ok=True)
    with (settings.ETAT / "demo.verrou").open("a") as verrou:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("Une démonstration tourne déjà dans ce dossier\u00a0: arrêtez-la d’abord.") from None
        yield


def collecter() -> None:
    """`collectstatic`, which compresses everything again each time, only if a file changed since."""
    temoin = settings.STATIC_ROOT / "sources.json"
    sources = []
    for collection in finders.get_finders():
        for nom, reserve in collection.list([]):
            etat = os.stat(reserve.path(nom))
            sources.append([nom, etat.st_size, etat.st_mtime_ns])
    inventaire = json.dumps(sorted(sources))
    if not temoin.exists() or temoin.read_text() != inventaire:
        # In a process of its own: a Ctrl-C would wait for each of its compression threads.
        commande = (sys.executable, "manage.py", "collectstatic", "--no-input", "--clear", "--verbosity=0")
        if subprocess.run(commande, cwd=settings.BASE_DIR, start_new_session=True, check=False).returncode:
            raise CommandError("Les fichiers statiques ne se préparent pas\u00a0: voir le message ci-dessus.")
        temoin.write_text(inventaire)


def rendre_la_base() -> None:
    """Stop the server. Those who had to be killed may hold it a moment longer than we waited for them."""
    base = serveur(Path(settings.DATABASES["default"]["PGDATA"]))
    limite = time.monotonic() + DELAI_ARRET
    while not base.rendre() and time.monotonic() < limite:
        time.sleep(0.1)


def tout_effacer() -> None:
    """The folders of the demo. The files beside them are the locks of those who might still be there."""
    pgdata = Path(settings.DATABASES["default"]["PGDATA"])
    if not pgdata.is_relative_to(settings.ETAT):
        raise CommandError(f"--neuf n’efface que {settings.ETAT}, et PGDATA désigne un autre dossier.")
    if not serveur(pgdata).rendre():
        raise CommandError("La base de la démonstration sert encore à un autre programme\u00a0: arrêtez-le d’abord.")
    for dossier in settings.ETAT.iterdir():
        if dossier.is_dir():
            shutil.rmtree(dossier)
