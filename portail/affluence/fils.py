"""Threads that say how long each request has waited for one of them. Knows neither Django nor gunicorn."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Rendu = TypeVar("Rendu")


class _Fil(threading.local):
    """Of the request that this thread serves: seconds. None where nobody measures."""

    attente: float | None = None


FIL = _Fil()


class Fils(ThreadPoolExecutor):
    """A pool whose waits are known."""

    def submit(self, fn: Callable[..., Rendu], /, *args: object, **options: object) -> Future[Rendu]:
        return super().submit(_noter, time.monotonic(), fn, *args, **options)


def _noter(depuis: float, fn: Callable[..., Rendu], /, *args: object, **options: object) -> Rendu:
    FIL.attente = time.monotonic() - depuis
    return fn(*args, **options)
