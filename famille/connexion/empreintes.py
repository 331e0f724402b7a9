"""The hashes of passwords, a few at a time: each takes a core for tens of milliseconds, and pages need it too.

Wherever a password is made or verified passes here: Django asks its hashers, and these are ours.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from famille import regle_des_mots_de_passe
from socle.envois.plus_tard import PlusTard

# In a process. Of the four threads that docs/exploitation.md gives to each, one is always left for pages.
ENSEMBLE, EN_ATTENTE = 1, 2


class TropDeMonde(PlusTard):
    """Too many passwords at once."""


class Guichet:
    """`ensemble` are served at once, `en_attente` wait for their turn, who comes beyond is sent back at once."""

    def __init__(self, ensemble: int, en_attente: int) -> None:
        self._servis = BoundedSemaphore(ensemble)
        self._dedans = BoundedSemaphore(ensemble + en_attente)

    @contextmanager
    def passer(self) -> Iterator[None]:
        """Raises TropDeMonde."""
        if not self._dedans.acquire(blocking=False):
            raise TropDeMonde(
                "Beaucoup de familles se connectent en ce moment. Ce que vous venez d’envoyer n’a rien fait\u00a0: "
                "recommencez dans quelques secondes."
            )
        try:
            with self._servis:
                yield
        finally:
            self._dedans.release()


GUICHET = Guichet(ENSEMBLE, EN_ATTENTE)


class Argon2id(regle_des_mots_de_passe.Argon2id):
    """Ours, a few at a time."""

    def encode(self, password: str, salt: str) -> str:
        with GUICHET.passer():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with GUICHET.passer():
            return super().verify(password, encoded)


class PBKDF2(PBKDF2PasswordHasher):
    """That of accounts of before, a few at a time. Its `verify` makes one anew, hence passes by `encode`."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with GUICHET.passer():
            return super().encode(password, salt, iterations)
