"""The production server, on a port of its own, for as long as the measure lasts."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.charge import ReponseInattendue


@dataclass(frozen=True)
class Service:
    """Where it listens, and the process that started the others."""

    port: int
    pid: int


@contextmanager
def serveur_de_production(travailleurs: int = 2, base: str = "postgres") -> Iterator[Service]:
    """gunicorn as docs/exploitation.md runs it, on that database of the bench's server."""
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
        commande = [sys.executable, "-m", "gunicorn", "portail.wsgi", f"--bind=fd://{prise.fileno()}"]
        commande += [f"--workers={travailleurs}", "--worker-class=portail.affluence.serveur.Travailleur"]
        commande += ["--threads=4", "--keep-alive=15"]
        environnement = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.reglages", "BENCH_BASE": base}
        processus = subprocess.Popen(
            [*commande, "--log-level=warning", "--no-control-socket"], env=environnement, pass_fds=[prise.fileno()]
        )
        try:
            _attendre(port, processus)
            yield Service(port, processus.pid)
        finally:
            processus.terminate()
            processus.wait(15)


def _attendre(port: int, processus: subprocess.Popen) -> None:
    for _ in range(300):
        if processus.poll() is not None:
            break
        liaison = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            liaison.request("GET", "/sante/")
            if liaison.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            liaison.close()
    raise ReponseInattendue("Le serveur ne démarre pas.")
