"""The client: a few threads that ask for one page again and again, over kept connections. Loopback only."""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Mesure:
    """Latencies in milliseconds, requests a second over the whole run, and how many there were."""

    p50: float
    p95: float
    debit: float
    nombre: int


class ReponseInattendue(Exception):
    """The server answered something else than the page."""


def demander(port: int, chemin: str, temoins: list[str], *, secondes: float, clients: int = 4) -> Mesure:
    """Ask for `chemin` during `secondes` from `clients` threads, each with its own session cookie in turn."""
    durees: list[float] = []
    erreurs: list[Exception] = []
    fin = time.perf_counter() + secondes

    def client(rang: int) -> None:
        liaison = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        entetes = {"Cookie": temoins[rang % len(temoins)], "Accept-Encoding": "identity"}
        try:
            while time.perf_counter() < fin:
                debut = time.perf_counter()
                liaison.request("GET", chemin, headers=entetes)
                reponse = liaison.getresponse()
                reponse.read()
                durees.append((time.perf_counter() - debut) * 1000)
                if reponse.status != 200:
                    raise ReponseInattendue(f"{chemin} : {reponse.status}")
        except Exception as erreur:
            erreurs.append(erreur)
        finally:
            liaison.close()

    depart = time.perf_counter()
    fils = [threading.Thread(target=client, args=(rang,)) for rang in range(clients)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    if erreurs:
        raise erreurs[0]
    ecoule = time.perf_counter() - depart
    return resumer(durees, ecoule)


def resumer(durees: list[float], ecoule: float) -> Mesure:
    """Latencies (ms) of a run that took `ecoule` seconds."""
    centiles = statistics.quantiles(durees, n=20) if len(durees) > 1 else durees * 19
    return Mesure(statistics.median(durees), centiles[18], len(durees) / ecoule, len(durees))
