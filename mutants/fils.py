"""A work done in a forked process, which says one thing and ends, or is ended."""

import os
import resource
import signal
import time
import traceback
from collections.abc import Callable

from mutants.registre import ETAT

JOURNAL = ETAT / "dernier_mort.txt"
# Bytes: a loop that no longer ends may fill the machine before its time is over.
MEMOIRE = 4 << 30
DELAI, MORT = "délai", "mort"

Travail = Callable[[Callable[[str], object]], None]


def en_fils(travail: Travail, patience: float) -> str | None:
    """What the work says; DELAI or MORT where it does not come to its end. `patience`: in seconds."""
    lire, ecrire = os.pipe()
    pid = os.fork()
    if not pid:
        _travailler(travail, lire, ecrire)
    os.close(ecrire)
    try:
        return _attendre(pid, lire, time.monotonic() + patience)
    finally:
        os.close(lire)


def _travailler(travail: Travail, lire: int, ecrire: int) -> None:
    code = 1
    try:
        os.close(lire)
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
        rien = os.open(os.devnull, os.O_RDWR)
        for sortie in (0, 1, 2):
            os.dup2(rien, sortie)
        with os.fdopen(ecrire, "w") as tube:
            travail(tube.write)
        code = 0
    except BaseException:
        # Nobody listens any more on its usual outputs.
        JOURNAL.write_text(traceback.format_exc())
    finally:
        # Nothing of the parent's is closed in its place.
        os._exit(code)


def _attendre(pid: int, lire: int, limite: float) -> str | None:
    morceaux: list[bytes] = []
    os.set_blocking(lire, False)
    while time.monotonic() < limite:
        try:
            morceau = os.read(lire, 1 << 20)
        except BlockingIOError:
            time.sleep(0.01)
            continue
        if not morceau:
            _, statut = os.waitpid(pid, 0)
            return b"".join(morceaux).decode() or (None if statut == 0 else MORT)
        morceaux.append(morceau)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return DELAI
