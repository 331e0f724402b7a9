"""Seconds of CPU of a process and of all that it started, the dead included; what the machine is, and how busy."""

import os
import platform
from pathlib import Path

from django.db import connection

TIC = os.sysconf("SC_CLK_TCK")


def cpu(pid: int) -> float:
    """Of the process `pid`, of its children and of those that it has buried."""
    try:
        champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        enfants = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    return sum(map(int, champs[11:15])) / TIC + sum(cpu(int(enfant)) for enfant in enfants)


def machine() -> dict[str, object]:
    modeles = [ligne.partition(":")[2].strip() for ligne in _lignes("/proc/cpuinfo") if ligne.startswith("model name")]
    with connection.cursor() as curseur:
        curseur.execute("SHOW server_version")
        postgresql = curseur.fetchone()[0].split()[0]
    return {
        "processeur": modeles[0] if modeles else platform.machine(),
        "coeurs": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "postgresql": postgresql,
    }


def charge() -> float:
    """Processes that ran or waited for a core, over the last minute."""
    return os.getloadavg()[0]


def _lignes(fichier: str) -> list[str]:
    try:
        return Path(fichier).read_text().splitlines()
    except OSError:
        return []
