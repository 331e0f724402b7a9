"""A bare Debian, booted by its own systemd in namespaces of its own: nothing of it reaches the machine that it is on.

What the guide fetches (packages, wheels, the code) is put within its reach first: it is alone on its network.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.installation.guide import RACINE, blocs

VERSION = "bookworm"
ATELIER = RACINE / "var" / "installation"
ROUES = "/var/cache/roues"
DEPOT = "/srv/depot.git"
DELAI_DEMARRAGE = 60  # seconds
UNE_SEMAINE = 7 * 24 * 3600  # seconds
ESPACES = ("--pid", "--mount", "--uts", "--ipc", "--net", "--cgroup", "--fork", "--kill-child")
DEMARRER = """
set -eu
mount --make-rprivate /
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
for dossier in dev dev/shm run tmp; do mkdir -p $dossier; mount -t tmpfs -o mode=755 tmpfs $dossier; done
chmod 1777 tmp
for nom in null zero full random urandom tty; do touch dev/$nom; mount --bind /dev/$nom dev/$nom; done
ln -s /proc/self/fd dev/fd; ln -s fd/0 dev/stdin; ln -s fd/1 dev/stdout; ln -s fd/2 dev/stderr
mkdir dev/pts; mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts; ln -s pts/ptmx dev/ptmx
exec env -i container=essai PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . /lib/systemd/systemd --show-status=false
"""


def empechement() -> str:
    """Why no Debian can be made here, in one sentence; empty if one can."""
    if os.geteuid() != 0:
        return "il faut être root pour faire une Debian d’essai"
    if not shutil.which("debootstrap"):
        return "debootstrap n’est pas installé : bin/setup --complet"
    if subprocess.run(["unshare", *ESPACES, "true"], capture_output=True, check=False).returncode:
        return "cette machine ne prête pas d’espaces de noms"
    return ""


class Machine:
    """The Debian, running. `pid`: its systemd, seen from here."""

    def __init__(self, racine: Path, pid: int) -> None:
        self.racine, self.pid = racine, pid

    def commande(self, *arguments: str) -> list[str]:
        espaces = ["nsenter", "--target", str(self.pid), "--mount", "--uts", "--ipc", "--net", "--pid", "--root"]
        propre = [
            "env",
            "-i",
            "-C",
            "/root",
            "HOME=/root",
            "TERM=dumb",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
        ]
        return [*espaces, *propre, *arguments]

    def demander(self, script: str) -> str:
        """What a root shell answers, its errors too. Raises if it fails."""
        fait = subprocess.run(self.commande("bash", "-ec", script), capture_output=True, text=True, check=False)
        if fait.returncode:
            raise AssertionError(f"{script}\n{fait.stdout}{fait.stderr}")
        return fait.stdout + fait.stderr


@contextmanager
def debian() -> Iterator[Machine]:
    """Made from nothing, thrown away at the end. Its packages are kept for the next one."""
    racine = ATELIER / "racine"
    shutil.rmtree(racine, ignore_errors=True)
    _faire(racine)
    _approvisionner(racine)
    journal = (ATELIER / "demarrage.log").open("w")
    systeme = subprocess.Popen(
        ["unshare", *ESPACES, "bash", "-c", DEMARRER, "demarrer", str(racine)],
        stdin=subprocess.DEVNULL,
        stdout=journal,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        machine = Machine(racine, _premier(systeme))
        _attendre(machine)
        yield machine
    finally:
        systeme.kill()
        systeme.wait()
        journal.close()
        shutil.rmtree(racine, ignore_errors=True)


def _faire(racine: Path) -> None:
    """As debootstrap makes it, today or less than a week ago."""
    archive = ATELIER / "debian.tar"
    (ATELIER / "debs").mkdir(parents=True, exist_ok=True)
    if not archive.exists() or time.time() - archive.stat().st_mtime > UNE_SEMAINE:
        _lancer("debootstrap", f"--cache-dir={ATELIER / 'debs'}", VERSION, str(racine))
        _lancer("tar", "-C", str(racine), "-cf", f"{archive}.neuf", ".")
        archive.with_name("debian.tar.neuf").rename(archive)
    else:
        racine.mkdir()
        _lancer("tar", "-C", str(racine), "-xf", str(archive))
    # Nobody needs it to survive a power cut.
    (racine / "etc/dpkg/dpkg.cfg.d/essai").write_text("force-unsafe-io\n")


def _approvisionner(racine: Path) -> None:
    """What the blocks of the guide ask the network for: the same names, in the reach of apt, of pip and of git."""
    cache = racine / "var/cache/apt/archives"
    for paquet in (ATELIER / "debs").glob("*.deb"):
        shutil.copy2(paquet, cache)
    aux_depots = ("-o", "APT::Get::Download-Only=true", "-o", "Dir::Cache::Archives=/var/cache/apt/archives")
    _lancer("chroot", str(racine), "apt-get", "--quiet", "update")
    _lancer(
        "chroot",
        str(racine),
        "apt-get",
        *aux_depots,
        "--yes",
        "--no-install-recommends",
        "install",
        *paquets_du_guide(),
    )
    for paquet in cache.glob("*.deb"):
        shutil.copy2(paquet, ATELIER / "debs")
    roues = ATELIER / "roues"
    pip = (sys.executable, "-m", "pip", "--quiet", "download", "--dest", str(roues))
    _lancer(*pip, "--require-hashes", "-r", str(RACINE / "requirements/production.txt"))
    _lancer(*pip, "setuptools", "wheel")
    shutil.copytree(roues, racine / ROUES.lstrip("/"))
    (racine / "etc/pip.conf").write_text(f"[global]\nno-index = true\nfind-links = {ROUES}\n")
    _lancer("git", "clone", "--quiet", "--bare", str(RACINE), str(racine) + DEPOT)
    _lancer("git", "-C", str(racine) + DEPOT, "tag", version_du_guide())


def paquets_du_guide() -> list[str]:
    """Each package that a block installs."""
    texte = "".join(bloc.commande for bloc in blocs()).replace("\\\n", " ")
    installations = re.findall(r"^apt-get install (.*)$", texte, re.MULTILINE)
    return [mot for ligne in installations for mot in shlex.split(ligne, comments=True) if not mot.startswith("-")]


def version_du_guide() -> str:
    """The one to which « Upgrade » goes."""
    (version,) = re.findall(r"^version=(\S+)", "".join(bloc.commande for bloc in blocs()), re.MULTILINE)
    return version


def _premier(systeme: subprocess.Popen[bytes]) -> int:
    """Its systemd: the only child of `unshare`."""
    enfants = Path(f"/proc/{systeme.pid}/task/{systeme.pid}/children")
    limite = time.monotonic() + DELAI_DEMARRAGE
    while time.monotonic() < limite and systeme.poll() is None:
        if pids := enfants.read_text().split():
            return int(pids[0])
        time.sleep(0.1)
    raise AssertionError((ATELIER / "demarrage.log").read_text())


def _attendre(machine: Machine) -> None:
    limite = time.monotonic() + DELAI_DEMARRAGE
    while time.monotonic() < limite:
        essai = machine.commande("systemctl", "is-system-running")
        etat = subprocess.run(essai, capture_output=True, text=True, check=False).stdout.strip()
        if etat in {"running", "degraded"}:
            return
        time.sleep(0.5)
    raise AssertionError((ATELIER / "demarrage.log").read_text())


def _lancer(*commande: str) -> None:
    fait = subprocess.run(commande, capture_output=True, text=True, check=False, env=_environnement())
    if fait.returncode:
        raise AssertionError(f"{shlex.join(commande)}\n{fait.stdout[-3000:]}{fait.stderr[-3000:]}")


def _environnement() -> dict[str, str]:
    return os.environ | {
        "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin",
        "LC_ALL": "C",
        "DEBIAN_FRONTEND": "noninteractive",
    }


def suite(titres: Sequence[str]) -> str:
    """The blocks of these sections as one shell would run them, from the first line to the last."""
    retenus = [bloc.commande for bloc in blocs() if bloc.titre in titres]
    return "set -eu\n" + "\n".join(retenus)
