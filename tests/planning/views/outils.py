"""A page of the planning, read."""

import re
from datetime import date
from html import unescape

from django.test import Client
from django.urls import reverse

from famille.models import Enfant
from planning.models import Inscription

RENTREE = date(2014, 9, 1)
LES_SEPT = [
    ("Accueil de Loisirs", "ALSH Mercredi après-midi"),
    ("Accueil de Loisirs", "ALSH Mercredi journée"),
    ("Accueil de Loisirs", "ALSH Vacances après-midi"),
    ("Accueil de Loisirs", "ALSH Vacances journée"),
    ("Accueil de Loisirs", "ALSH Vacances matin"),
    ("Garderie périscolaire", "Garderie matin"),
    ("Garderie périscolaire", "Restauration scolaire"),
]


def texte(html: str) -> str:
    """What one reads: no tags, plain spaces."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def rangees(html: str) -> list[tuple[str, str, str, str]]:
    """The rows of the grid: structure, prestation, responsable, symbols (a dot for an empty cell)."""
    corps = html[html.index("<tbody>") : html.index("</tbody>")]
    lues = []
    for rangee in corps.split("<tr")[1:]:
        structure, prestation = re.search(r'structure">(.+?)</span> (.+?)</th>', rangee).groups()
        responsable = re.search(r'payeur">(.+?)</td>', rangee).group(1)
        symboles = "".join(signe or "." for signe in re.findall(r'aria-label="[^"]+">(.*?)</a>', rangee))
        lues.append((structure, prestation, responsable, symboles))
    return lues


def page(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def mois(enfant: Enfant, annee: int = 2015, numero: int = 4) -> str:
    return reverse("planning:mois", args=[enfant.pk, annee, f"{numero:02}"])


def menu(client: Client, inscription: Inscription, quantieme: int, mois: int = 4) -> str:
    adresse = reverse("planning:jour", args=[inscription.enfant_id, 2015, mois, quantieme])
    return texte(page(client, f"{adresse}?prestation={inscription.prestation_id}"))
