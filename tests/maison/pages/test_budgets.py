"""What a page may cost, in what no machine changes: statements, calls, bytes. Timings are those of `bin/bench`."""

import sys

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.maison.pages.ville import PAGES

# Calls of functions (Python's and C's), in thousands, and KiB: what a page asks today, and a tenth more.
BUDGETS = {
    "accueil": (16, 26),
    "mon compte": (12, 26),
    "mes enfants": (12, 16),
    "fiche d’un enfant": (15, 29),
    "mois d’un enfant": (17, 34),
    "jour d’un enfant": (32, 18),
    "plusieurs jours": (49, 34),
    "relevé de compte": (16, 28),
    "boîte de réception": (12, 19),
    "un fil": (25, 20),
    "infos": (16, 15),
    "liste des demandes": (15, 18),
    "une demande": (20, 16),
}
SQL_MAX = 8


def appels(client: Client, chemin: str) -> int:
    """Of a page that this process has already drawn."""
    nombre = 0

    def compter(cadre: object, evenement: str, quoi: object) -> None:
        nonlocal nombre
        nombre += evenement in ("call", "c_call")

    client.get(chemin)
    client.get(chemin)
    avant = sys.getprofile()
    sys.setprofile(compter)
    try:
        client.get(chemin)
    finally:
        sys.setprofile(avant)
    return nombre


def test_une_page_de_parent_tient_dans_son_budget(ville, parent):
    trop = []
    for nom, adresse in PAGES.items():
        chemin = adresse(ville)
        milliers = appels(parent, chemin) / 1000
        with CaptureQueriesContext(connection) as requetes:
            kio = len(parent.get(chemin).content) / 1024
        permis = BUDGETS[nom]
        if milliers > permis[0] or kio > permis[1] or len(requetes) > SQL_MAX:
            trop.append(
                f"{nom} : {milliers:.1f} milliers d’appels, {kio:.1f} Kio (permis : {permis}), {len(requetes)} SQL"
            )
    assert not trop, "\n".join(trop)
