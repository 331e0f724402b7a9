"""What a page may cost, in what no machine changes: statements, calls, bytes. Timings are those of `bin/bench`."""

import sys

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.croissance import VilleQuiGrandit
from tests.maison.pages.ville import PAGES, PAGES_DES_AGENTS, Page

# Calls of functions (Python's and C's), in thousands, and KiB: what a page asks today, and a tenth more.
BUDGETS = {
    "accueil": (16, 26),
    "mon compte": (12, 26),
    "mes enfants": (10, 16),
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
BUDGETS_DES_AGENTS = {
    "tableau de bord": (100, 47),
    "file des demandes": (67, 37),
    "une famille": (218, 117),
    "liste des familles": (46, 35),
    "factures en retard": (44, 32),
    "un appel": (72, 20),
    "mois d’une prestation": (51, 12),
}
SQL_MAX, SQL_MAX_DES_AGENTS = 8, 15


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
    trop = depassements(ville, parent, PAGES, BUDGETS, SQL_MAX)
    assert not trop, trop


def test_une_page_d_agent_tient_dans_son_budget(ville, client, directrice):
    client.force_login(directrice)
    trop = depassements(ville, client, PAGES_DES_AGENTS, BUDGETS_DES_AGENTS, SQL_MAX_DES_AGENTS)
    assert not trop, trop


def depassements(
    ville: VilleQuiGrandit,
    client: Client,
    pages: dict[str, Page],
    budgets: dict[str, tuple[float, float]],
    sql_max: int,
) -> str:
    """What each page costs that costs too much, a line each."""
    trop = []
    for nom, adresse in pages.items():
        chemin = adresse(ville)
        milliers = appels(client, chemin) / 1000
        with CaptureQueriesContext(connection) as requetes:
            kio = len(client.get(chemin).content) / 1024
        # A test is itself a transaction: in it, that of a page is a savepoint.
        sql = sum("SAVEPOINT" not in requete["sql"] for requete in requetes)
        permis = budgets[nom]
        if milliers > permis[0] or kio > permis[1] or sql > sql_max:
            trop.append(f"{nom} : {milliers:.1f} milliers d’appels, {kio:.1f} Kio (permis : {permis}), {sql} SQL")
    return "\n".join(trop)
