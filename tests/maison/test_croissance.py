"""A page asks the database as much of a town three times as big: none grows with what it shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.adresses import ADRESSES, MODELES, Troupe
from tests.croissance import AUJOURD_HUI, VilleQuiGrandit
from tests.fabriques import CompteFactory

pytestmark = pytest.mark.lent
PETITE, GRANDE = 3, 9
PARENT_MAX, AGENT_MAX = 8, 15
# Django names one by one what would go with the row. Few may open them, and money that was issued bars most rows.
SUPPRESSIONS = {"admin:famille_famille_delete", "admin:famille_enfant_delete", "admin:planning_prestation_delete"}
# They do not grow, and still ask too much: days of a request are read to be drawn, then to be priced; a quotient has
# the next campaign of each régie reckoned, by its rules.
TROP_CHERES = {
    "planning:jour",
    "demandes:demande",
    "demandes:accuse",
    "admin:demandes_demande_change, la dernière",
    "admin:famille_quotientfamilial_delete",
    # Each table that names an account is asked whether it does.
    "admin:famille_compte_delete",
}
# Lists that open on a part of their rows: these show the others.
FILTRES = {"demandes.demande": "etat=toutes", "messagerie.fil": "suivi=toutes", "courriels.courriel": "etat=tous"}

# What it is, its address.
Page = tuple[str, str]


@pytest.fixture(autouse=True)
def aujourd_hui(time_machine) -> None:
    time_machine.move_to(f"{AUJOURD_HUI}T10:00:00+02:00", tick=False)


@pytest.fixture
def troupe(dupont, martin, nouveau, agent, agent_sans_droit) -> Troupe:
    return Troupe(dupont, martin, nouveau, agent, agent_sans_droit)


def pages_des_parents(troupe: Troupe) -> Iterator[Page]:
    for adresse in ADRESSES:
        if adresse.est_une_page and adresse.dupont == 200:
            yield adresse.nom, adresse.chemin(troupe)


def pages_des_agents(troupe: Troupe) -> Iterator[Page]:
    for adresse in ADRESSES:
        if adresse.est_une_page and adresse.nom.startswith("admin:"):
            yield adresse.nom, adresse.chemin(troupe)
    for modele in MODELES:
        nom = f"admin:{modele.nom.replace('.', '_')}"
        cles = apps.get_model(modele.nom)._base_manager.order_by("pk").values_list("pk", flat=True)
        yield f"{nom}_changelist", reverse(f"{nom}_changelist")
        if modele.nom in FILTRES:
            yield f"{nom}_changelist, tout", f"{reverse(f'{nom}_changelist')}?{FILTRES[modele.nom]}"
        yield f"{nom}_add", reverse(f"{nom}_add")
        for page in ("change", "history", "delete"):
            yield f"{nom}_{page}", reverse(f"{nom}_{page}", args=cles[:1])
        yield f"{nom}_change, la dernière", reverse(f"{nom}_change", args=cles.reverse()[:1])
    yield from _listes_a_chercher()


def _listes_a_chercher() -> Iterator[Page]:
    """What a field with a search proposes."""
    for modele, pages in admin.site._registry.items():
        for champ in pages.autocomplete_fields:
            demande = QueryDict(mutable=True)
            demande.update(app_label=modele._meta.app_label, model_name=modele._meta.model_name, field_name=champ)
            yield f"{modele._meta.label}.{champ}", f"{reverse('admin:autocomplete')}?{demande.urlencode()}"


def requetes(client: Client, pages: dict[str, str]) -> dict[str, int]:
    """{page: SQL statements}, of those that open."""
    # What the process remembers from one page to the next, and what the first page of a session writes.
    ContentType.objects.get_for_models(*apps.get_models())
    client.get("/accessibilite/")
    lues = {}
    for nom, chemin in pages.items():
        with CaptureQueriesContext(connection) as captees:
            if client.get(chemin).status_code == 200:
                lues[nom] = len(captees)
    return lues


@dataclass
class Mesure:
    """{page: SQL in a small town} and in a big one."""

    petite: dict[str, int]
    grande: dict[str, int]

    def qui_grandissent(self) -> dict[str, tuple[int, int]]:
        return {nom: (petit, self.grande[nom]) for nom, petit in self.petite.items() if petit != self.grande[nom]}

    def au_dessus_de(self, maximum: int) -> set[str]:
        return {nom for nom, nombre in self.grande.items() if nombre > maximum}


def mesurer(client: Client, pages: Callable[[Troupe], Iterator[Page]], troupe: Troupe) -> Mesure:
    ville = VilleQuiGrandit(troupe)
    ville.grandir(PETITE)
    petite = requetes(client, dict(pages(troupe)))
    ville.grandir(GRANDE - PETITE)
    grande = requetes(client, dict(pages(troupe)))
    assert petite.keys() == grande.keys()
    return Mesure(petite, grande)


def test_aucune_page_de_parent_ne_grandit(troupe: Troupe):
    client = Client()
    client.force_login(troupe.dupont.compte)
    mesure = mesurer(client, pages_des_parents, troupe)
    assert mesure.qui_grandissent() == {}
    assert mesure.au_dessus_de(PARENT_MAX) <= TROP_CHERES


def test_une_page_d_agent_ne_grandit_que_si_elle_nomme_ce_qui_s_en_va(troupe: Troupe):
    client = Client()
    client.force_login(CompteFactory(identifiant="chef", is_staff=True, is_superuser=True))
    mesure = mesurer(client, pages_des_agents, troupe)
    assert mesure.qui_grandissent().keys() == SUPPRESSIONS
    assert mesure.au_dessus_de(AGENT_MAX) <= TROP_CHERES | SUPPRESSIONS
