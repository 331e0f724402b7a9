"""Downloading a copy and reading it."""

import json
from io import BytesIO
from zipfile import ZipFile

from django.test import Client

from tests.distribution import Foyer

PDF = b"%PDF-1.7 celui de Jean %%EOF"


def telecharger(foyer: Foyer) -> ZipFile:
    client = Client()
    client.force_login(foyer.compte)
    reponse = client.get("/mon-compte/donnees/")
    assert reponse.status_code == 200
    return ZipFile(BytesIO(reponse.getvalue()))


def les_donnees(foyer: Foyer) -> dict:
    return json.loads(telecharger(foyer).read("donnees.json"))


def tout(archive: ZipFile) -> str:
    """Names and contents, as one text in which to look for what must not be there."""
    return "\n".join([*archive.namelist(), *(archive.read(nom).decode("latin-1") for nom in archive.namelist())]) + (
        archive.read("donnees.json").decode()
    )
