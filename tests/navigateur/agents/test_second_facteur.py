"""An agent links a phone, then comes in with its code: in a browser, each page judged by axe."""

import pytest
from playwright.sync_api import Page, expect

from famille.models import Authentificateur
from tests.fabriques import MOT_DE_PASSE
from tests.famille.second_facteur.outils import code
from tests.navigateur.regard import violations


@pytest.fixture
def exige(settings) -> None:
    settings.SECOND_FACTEUR_EXIGE = ["Accueil"]


def test_relier_un_telephone_puis_entrer_avec_son_code(page_de, agent, exige):
    page: Page = page_de(agent, bypass_csp=True)
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second facteur")
    assert violations(page) == []
    page.get_by_label("Votre mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Relier mon téléphone").click()

    expect(page.get_by_role("img", name="QR code à photographier")).to_be_visible()
    cle = Authentificateur.objects.get()
    expect(page.locator(".second-facteur__lettres")).to_have_text(cle.en_lettres)
    assert violations(page) == []
    page.get_by_label("Code à 6 chiffres").fill(code(cle, pas=-1))
    page.get_by_role("button", name="Vérifier et activer").click()

    expect(page.locator(".second-facteur__codes li")).to_have_count(10)
    assert violations(page) == []
    page.get_by_role("link", name="Je les ai gardés").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tableau de bord")

    page.context.clear_cookies(name="portail_session")
    page.goto("/admin/famille/famille/")
    page.get_by_label("Identifiant").fill(agent.identifiant)
    page.locator("[name=password]").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Code de connexion")
    assert violations(page) == []
    page.get_by_label("Code à 6 chiffres").fill(code(cle, pas=1))
    page.get_by_label("Ne plus demander de code").check()
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Familles")
    page.goto("/second-facteur/")
    expect(page.get_by_role("button", name="Ne plus faire confiance à Chrome")).to_be_visible()
    assert violations(page) == []
