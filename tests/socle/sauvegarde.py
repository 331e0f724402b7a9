"""What a backup holds, for whoever has no key: every table as PostgreSQL copies it, sessions opened, files."""

import base64
import json
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

COURT = 6


def deverser() -> bytes:
    """All of them, one after the other."""
    return b"\n".join([_tables(), _sessions(), *_fichiers()])


def formes(mot: str) -> set[bytes]:
    """How this word would lie there in clear: as text, in JSON (which COPY escapes), in hexadecimal, in base64."""
    octets, en_json = mot.encode(), json.dumps(mot)[1:-1]
    trois = {base64.b64encode(b" " * decalage + octets)[4:-4] for decalage in range(3)}
    toutes = {octets, en_json.encode(), en_json.replace("\\", "\\\\").encode(), octets.hex().encode(), *trois}
    # A few letters of base64 are found anywhere.
    return {forme for forme in toutes if len(forme) >= COURT} | {octets}


def lisibles(mots: list[str], sauvegarde: bytes) -> list[str]:
    """Those that can be read in it."""
    return [mot for mot in mots if any(forme in sauvegarde for forme in formes(mot))]


def _tables() -> bytes:
    with connection.cursor() as curseur:
        curseur.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [table for (table,) in curseur.fetchall()]
        copie = BytesIO()
        for table in tables:
            curseur.copy_expert(f"COPY {table} TO STDOUT", copie)
    assert len(tables) > 60
    return copie.getvalue()


def _sessions() -> bytes:
    """They are compressed and signed, not encrypted: anybody reads them."""
    return json.dumps([session.get_decoded() for session in Session.objects.all()], ensure_ascii=False).encode()


def _fichiers() -> list[bytes]:
    return [chemin.read_bytes() for chemin in Path(settings.MEDIA_ROOT).rglob("*") if chemin.is_file()]
