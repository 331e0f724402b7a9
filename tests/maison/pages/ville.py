"""The parents' pages of a town that is always the same: what its tests read, and what is never the same twice."""

import re
from collections.abc import Callable, Iterator

from django.urls import reverse
from factory.django import DjangoModelFactory

from tests.adresses import Troupe
from tests.croissance import VilleQuiGrandit

# Django's and our own tokens; a script's nonce.
JETON = re.compile(r'(name="(?:csrfmiddlewaretoken|sceau|brouillon)" value=")[^"]*|(nonce=")[^"]*')
ENTRE_BALISES = re.compile(r">\s*<")

Page = Callable[[VilleQuiGrandit], str]


def _simple(nom: str) -> Page:
    return lambda ville: reverse(nom)


PAGES: dict[str, Page] = {
    "accueil": _simple("accueil"),
    "mon compte": _simple("famille:mon_compte"),
    "mes enfants": _simple("famille:enfants"),
    "fiche d’un enfant": lambda ville: reverse("famille:enfant", args=[ville.lea.pk]),
    "mois d’un enfant": lambda ville: reverse("planning:mois", args=[ville.lea.pk, 2015, 4]),
    "jour d’un enfant": lambda ville: reverse("planning:jour", args=[ville.lea.pk, 2015, 4, 8]),
    "plusieurs jours": lambda ville: reverse("planning:choix", args=[ville.lea.pk, 2015, 4, "reservation"]),
    "relevé de compte": lambda ville: reverse("facturation:releve") + "?annee=2014-2015",
    "boîte de réception": _simple("messagerie:messages"),
    "un fil": lambda ville: ville.fil.get_absolute_url(),
    "infos": _simple("messagerie:infos"),
    "liste des demandes": _simple("demandes:liste"),
    "une demande": lambda ville: ville.dupont.famille.demandes.order_by("pk")[0].get_absolute_url(),
}

# Those that agents open all day.
PAGES_DES_AGENTS: dict[str, Page] = {
    "tableau de bord": _simple("admin:index"),
    "file des demandes": _simple("admin:demandes_demande_changelist"),
    "une famille": lambda ville: reverse("admin:famille_famille_change", args=[ville.dupont.famille.pk]),
    "liste des familles": _simple("admin:famille_famille_changelist"),
    "factures en retard": lambda ville: reverse("admin:facturation_facture_changelist") + "?reste=retard",
    "un appel": lambda ville: reverse("admin:planning_prestation_appel", args=[ville.garderie.pk, 2015, 4, 8]),
    "mois d’une prestation": lambda ville: reverse("admin:planning_prestation_mois", args=[ville.garderie.pk, 2015, 4]),
}


def batir(troupe: Troupe) -> VilleQuiGrandit:
    """Its names are numbered from the same number, whatever ran before."""
    for usine in _usines(DjangoModelFactory):
        usine.reset_sequence(1000, force=True)
    ville = VilleQuiGrandit(troupe)
    ville.grandir(2)
    return ville


def _usines(de: type[DjangoModelFactory]) -> Iterator[type[DjangoModelFactory]]:
    for usine in de.__subclasses__():
        yield usine
        yield from _usines(usine)


def normaliser(html: str) -> Iterator[str]:
    """Its lines, a tag each, without what is never the same twice."""
    html = JETON.sub(lambda jeton: (jeton[1] or jeton[2]) + "…", html)
    return (ligne.strip() for ligne in ENTRE_BALISES.sub(">\n<", html).splitlines() if ligne.strip())
