"""A phone, as its application reckons codes; an agent who has one."""

import hmac
import struct
from datetime import timedelta

from django.utils import timezone

from famille.models import Authentificateur, Compte

CODE, SECURITE = "/second-facteur/code/", "/second-facteur/"


def code(cle: Authentificateur, *, pas: int = 0) -> str:
    """What the phone shows now, or so many steps of thirty seconds from now: RFC 6238, by its text."""
    instant = timezone.now() + timedelta(seconds=30 * pas)
    compteur = struct.pack(">Q", int(instant.timestamp()) // 30)
    empreinte = hmac.digest(bytes.fromhex(cle.cle), compteur, "sha1")
    debut = empreinte[-1] & 15
    tronque = struct.unpack(">I", empreinte[debut : debut + 4])[0] & 0x7FFFFFFF
    return f"{tronque % 10**6:06}"


def proteger(compte: Compte) -> tuple[Authentificateur, list[str]]:
    """A confirmed key, and its recovery codes. The code that confirmed it is that of half a minute ago."""
    cle = Authentificateur.preparer(compte)
    codes = cle.confirmer(code(cle, pas=-1))
    cle.refresh_from_db()
    return cle, codes
