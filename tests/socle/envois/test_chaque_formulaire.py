"""Every form that acts, of the portal and of the admin, has its own one-use token: no page is left out."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.adresses import Troupe
from tests.croissance import VilleQuiGrandit
from tests.fabriques import CompteFactory
from tests.maison.test_croissance import pages_des_agents, pages_des_parents
from tests.socle.formulaires import formulaires, navigateur

RACINE = Path(settings.BASE_DIR)
GABARITS = sorted((RACINE / "templates").rglob("*.html"))
FORMULAIRE = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)


@pytest.fixture
def troupe(dupont, martin, nouveau, agent, agent_sans_droit, time_machine) -> Troupe:
    time_machine.move_to("2015-04-08T10:00:00+02:00", tick=False)
    troupe = Troupe(dupont, martin, nouveau, agent, agent_sans_droit)
    VilleQuiGrandit(troupe).grandir(1)
    return troupe


@pytest.mark.parametrize("gabarit", GABARITS, ids=lambda gabarit: str(gabarit.relative_to(RACINE)))
def test_un_formulaire_ecrit_demande_son_jeton(gabarit: Path):
    ecrits = FORMULAIRE.findall(gabarit.read_text())
    assert [formulaire for formulaire in ecrits if "{% csrf_token %}" not in formulaire] == []


def _sans_jeton_a_soi(client: Client, pages: dict[str, str]) -> tuple[list[str], int]:
    """The pages of which a form has no token, two, or that of another form; how many forms were seen."""
    fautives, vus = [], 0
    for nom, chemin in pages.items():
        reponse = client.get(chemin)
        if reponse.status_code == 200 and not reponse.streaming:
            actifs = [f for f in formulaires(reponse.content.decode()) if f.methode == "post"]
            jetons = {jeton for formulaire in actifs for jeton in formulaire.jetons}
            vus += len(actifs)
            if any(len(f.jetons) != 1 for f in actifs) or len(jetons) != len(actifs):
                fautives.append(nom)
    return fautives, vus


@pytest.mark.lent
@pytest.mark.parametrize("pages", [pages_des_parents, pages_des_agents], ids=["portail", "administration"])
def test_chaque_formulaire_d_une_page_a_son_jeton(pages, troupe: Troupe):
    parent = pages is pages_des_parents
    compte = troupe.dupont.compte if parent else CompteFactory(identifiant="chef", is_staff=True, is_superuser=True)
    fautives, vus = _sans_jeton_a_soi(navigateur(compte), dict(pages(troupe)))
    assert fautives == []
    assert vus > 30


@pytest.mark.parametrize("chemin", ["/connexion/", "/mot-de-passe/oubli/"])
def test_les_formulaires_de_la_porte_aussi(chemin: str, db):
    assert _sans_jeton_a_soi(Client(), {chemin: chemin})[0] == []
