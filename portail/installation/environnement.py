"""The environment variables, read: one that means nothing is told by its name, in one sentence, at start.

Its value is never quoted: it may be a password, and what is told at start is kept in the system's logs.
"""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

Valeur = TypeVar("Valeur")
BASES = ("postgres", "postgresql", "psql", "pgsql")


class Environnement(environ.Env):
    """`environ.Env`, whose own errors quote a value and not the variable that holds it."""

    def entier(self, nom: str, default: int) -> int:
        return _lire(nom, "a whole number", lambda: _positif(self.int(nom, default=default)))

    def liste(self, nom: str, default: list[str] = environ.Env.NOTSET) -> list[str]:
        """Separated by commas, with or without spaces."""
        return [mot for brut in self.list(nom, default=default) if (mot := brut.strip())]

    def lue(self, nom: str, forme: str, lire: Callable[[str], Valeur], default: list[str]) -> list[Valeur]:
        """A list, each of its words as what it means."""
        return _lire(nom, forme, lambda: [lire(mot) for mot in self.liste(nom, default)])

    def choix(self, nom: str, permis: tuple[str, ...], default: str) -> str:
        valeur = self.str(nom, default=default)
        if valeur not in permis:
            raise ImproperlyConfigured(f"{nom} must be one of {', '.join(permis)}.")
        return valeur

    def fuseau(self, nom: str, default: str) -> str:
        """As PostgreSQL and Python both name them."""
        valeur = self.str(nom, default=default)
        return _lire(nom, "a time zone as Europe/Paris or Indian/Reunion", lambda: _fuseau(valeur))

    def postgresql(self, nom: str) -> dict:
        forme = "postgres://user:password@host/name, special characters percent-encoded"
        if urlsplit(self.str(nom)).scheme not in BASES:
            raise ImproperlyConfigured(f"{nom} must be {forme}.")
        return _lire(nom, forme, lambda: self.db(nom))

    def courrier(self, nom: str, default: str) -> dict:
        """The settings of the mail server. Empty is as good as missing."""
        forme = "smtp+tls://user:password@host:587, special characters percent-encoded"
        return _lire(nom, forme, lambda: self.email_url_config(self.str(nom, default="") or default))

    def adresse(self, nom: str, default: str) -> str:
        """`https://name`, put before the paths of pages. Only what is said without https is left to the caller."""
        adresse = urlsplit(self.str(nom, default=default))
        if not adresse.netloc or adresse.path.strip("/") or adresse.query or adresse.fragment:
            raise ImproperlyConfigured(f"{nom} must be https:// and the name of the portal, without a path.")
        return f"{adresse.scheme}://{adresse.netloc}"


def _positif(nombre: int) -> int:
    if nombre < 0:
        raise ValueError
    return nombre


def _fuseau(nom: str) -> str:
    try:
        return ZoneInfo(nom).key
    except ZoneInfoNotFoundError:
        raise ValueError from None


def _lire(nom: str, forme: str, lire: Callable[[], Valeur]) -> Valeur:
    try:
        return lire()
    except (ValueError, ImproperlyConfigured):
        raise ImproperlyConfigured(f"{nom} must be {forme}.") from None
