"""The embedded PostgreSQL: one server for all who share a folder, and nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
import pytest

from portail.base_embarquee.serveur import PROPRIETAIRE, SERVICE, PostmasterInfo, Serveur, ServeurEnPanne

RACINE = Path(__file__).resolve().parents[3]


def s_arrete(pid: int) -> bool:
    """The server says goodbye a moment before its process ends."""
    limite = time.monotonic() + 10
    while tourne(pid) and time.monotonic() < limite:
        time.sleep(0.01)
    return not tourne(pid)


def tourne(pid: int) -> bool:
    """A zombie, which nobody has buried yet, does not run."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def pgdata() -> Iterator[Path]:
    """Not in pytest's folder: run by root, another session closes it to PostgreSQL."""
    with TemporaryDirectory(prefix="portail-") as racine:
        dossier = Path(racine) / "données de l’essai" / "postgres"
        yield dossier
        assert Serveur(dossier).rendre(), "the test left somebody in the server"


def test_le_premier_lance_le_serveur_et_le_dernier_l_arrete(pgdata: Path):
    un, autre = Serveur(pgdata), Serveur(pgdata)
    pid = un.prendre().pid
    assert autre.prendre().pid == pid

    assert un.rendre() is False
    assert tourne(pid)

    assert autre.rendre() is True
    assert s_arrete(pid)


def test_un_processus_tue_net_ne_compte_plus(pgdata: Path):
    programme = (
        "import sys; from pathlib import Path; from portail.base_embarquee.serveur import Serveur;"
        f"print(Serveur(Path({str(pgdata)!r})).prendre().pid, flush=True); sys.stdin.read()"
    )
    victime = subprocess.Popen(
        [sys.executable, "-c", programme], cwd=RACINE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with victime:
        pid = int(victime.stdout.readline())
        victime.send_signal(signal.SIGKILL)
    assert tourne(pid)

    with Serveur(pgdata) as info:
        assert info.pid == pid
    assert s_arrete(pid)


def test_un_serveur_tue_net_repart_avec_ses_donnees(pgdata: Path):
    serveur = Serveur(pgdata)
    mort = serveur.prendre().pid
    os.kill(mort, signal.SIGKILL)
    assert s_arrete(mort)
    # The number of the dead may be given to anyone: here, to this very process.
    pid_file = pgdata / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(mort), str(os.getpid()), 1))

    assert serveur.prendre().pid not in {mort, os.getpid()}
    assert serveur.rendre() is True


def test_un_chemin_trop_long_pour_une_socket_convient_aussi(pgdata: Path):
    lointain = pgdata.parent / ("x" * 120) / "postgres"
    with Serveur(lointain) as info:
        assert info.socket_dir != lointain
        assert info.socket_path.is_socket()
        assert oct(info.socket_dir.stat().st_mode)[-3:] == "700"
    assert not info.socket_dir.exists()


def test_les_reglages_du_serveur_sont_les_notres(pgdata: Path):
    with Serveur(pgdata, {"fsync": "off"}):
        assert "fsync=off" in (pgdata / "postmaster.opts").read_text()


def test_un_dossier_d_avant_recoit_le_role_qui_sert(pgdata: Path):
    """A former version knew one role only."""
    with Serveur(pgdata) as info:
        assert SERVICE in roles(info)
        executer(info, f"DROP ROLE {SERVICE}")
        assert SERVICE not in roles(info)
    with Serveur(pgdata) as info:
        assert SERVICE in roles(info)


def roles(info: PostmasterInfo) -> set[str]:
    return {role for (role,) in executer(info, "SELECT rolname FROM pg_roles WHERE NOT rolsuper")}


def executer(info: PostmasterInfo, sql: str) -> list[tuple]:
    acces = {"host": str(info.socket_dir), "port": info.port, "user": PROPRIETAIRE, "dbname": "postgres"}
    with closing(psycopg2.connect(**acces)) as connexion, connexion, connexion.cursor() as curseur:
        curseur.execute(sql)
        return curseur.fetchall() if curseur.description else []


def test_une_panne_dit_ou_lire(pgdata: Path):
    with Serveur(pgdata):
        pass
    serveur = Serveur(pgdata, {"port": "n’importe quoi"})
    with pytest.raises(ServeurEnPanne, match=r"pg_ctl.*postgres/log"):
        serveur.prendre()
    serveur.rendre()
