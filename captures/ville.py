"""The demo town of the pictures, served as `bin/demo` serves it, for as long as they are taken."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

ARRET = 60  # seconds


@contextmanager
def ville_de_demonstration() -> Iterator[str]:
    """A new town; yields its address."""
    environnement = os.environ | {"PORTAIL_MODE": "demo", "DJANGO_SETTINGS_MODULE": "captures.reglages"}
    commande = [sys.executable, "manage.py", "demo", "--port=0", "--neuf"]
    demo = subprocess.Popen(commande, env=environnement, stdout=subprocess.PIPE, text=True)
    try:
        yield _adresse_annoncee(demo)
    finally:
        demo.terminate()
        demo.communicate(timeout=ARRET)


def _adresse_annoncee(demo: subprocess.Popen[str]) -> str:
    """What it says once it is open."""
    for ligne in demo.stdout or ():
        for mot in ligne.split():
            if mot.startswith("http://"):
                return mot
    raise RuntimeError("La ville de démonstration ne s’ouvre pas\N{NO-BREAK SPACE}: voir le message ci-dessus.")
