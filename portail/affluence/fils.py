"""Threads that say how long each request has waited for one of them. Knows neither Django nor gunicorn."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Rendu = TypeVar("Rendu")


class _Fil(threading.local):
    """Of the request that this thread serves, in seconds: the longer of what it has waited, and of what the last one
    behind it will wait. None where nobody measures.
    """

    attente: float | None = None


FIL = _Fil()
DEPARTS = 20  # the pace of the queue is the mean of as many


class Fils(ThreadPoolExecutor):
    """A pool whose waits are known. Who submits does it from one thread."""

    def __init__(self, max_workers: int) -> None:
        super().__init__(max_workers)
        self._verrou = threading.Lock()
        self._soumises = self._parties = 0
        self._dernier_depart = self._intervalle = 0.0
        self._restaient = False

    def submit(self, fn: Callable[..., Rendu], /, *args: object, **options: object) -> Future[Rendu]:
        self._soumises += 1
        return super().submit(self._noter, time.monotonic(), fn, *args, **options)

    def _noter(self, depuis: float, fn: Callable[..., Rendu], /, *args: object, **options: object) -> Rendu:
        with self._verrou:
            maintenant = time.monotonic()
            self._parties += 1
            restent = self._soumises - self._parties
            if self._restaient:  # between two that waited: how long a turn lasts
                self._intervalle += (maintenant - self._dernier_depart - self._intervalle) / DEPARTS
            self._dernier_depart, self._restaient = maintenant, restent > 0
            FIL.attente = max(maintenant - depuis, restent * self._intervalle)
        return fn(*args, **options)
