"""What touches several people is asked first: the page that asks, in the browser, and what « Renoncer » leaves."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from francais import date_courte
from messagerie.models import Fil
from planning.models import Fermeture, Inscription, Prestation, Structure
from planning.regles.jours import Jours
from tests.navigateur.regard import violations

TOUS = Jours(127)
AJOUT = "/admin/planning/fermeture/add/"


@pytest.fixture
def tous_les_jours(dupont, agent) -> Prestation:
    """Léa comes every day: whatever today is, she will."""
    alsh = Structure.objects.create(nom="Accueil de Loisirs")
    heures = {"heure_debut": time(9), "heure_fin": time(17), "jours_scolaires": TOUS}
    prestation = Prestation.objects.create(structure=alsh, nom="ALSH journée", **heures)
    cles = {"du": date(2014, 9, 1), "jours": TOUS, "par": agent}
    Inscription.objects.inscrire(dupont.enfants[0], prestation, dupont.famille, **cles)
    return prestation


def fermer(page: Page) -> None:
    page.goto(AJOUT)
    jour = date_courte(timezone.localdate() + timedelta(days=7))
    page.locator("[name=du]").fill(jour)
    page.locator("[name=au]").fill(jour)
    page.locator("[name=motif]").fill("travaux")
    page.get_by_role("button", name="Enregistrer", exact=True).click()


@pytest.mark.parametrize("javascript", [True, False], ids=["avec JavaScript", "sans JavaScript"])
def test_fermer_un_jour_reserve_se_confirme(page_de, agent, tous_les_jours, javascript):
    page: Page = page_de(agent, java_script_enabled=javascript)
    fermer(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Enregistrer\u00a0?")
    expect(page.locator("#content-main")).to_contain_text("1\u00a0famille, 1\u00a0enfant.")
    assert not Fermeture.objects.exists()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert (Fermeture.objects.count(), Fil.objects.count()) == (1, 1)


def test_renoncer_ne_change_rien_et_rend_ce_qui_etait_saisi(page_de, agent, tous_les_jours):
    page: Page = page_de(agent)
    fermer(page)
    page.get_by_role("button", name="Renoncer").click()

    expect(page.locator(".messagelist")).to_contain_text("voici ce que vous aviez saisi")
    expect(page.locator("[name=motif]")).to_have_value("travaux")
    expect(page.locator("[name=du]")).to_have_value(date_courte(timezone.localdate() + timedelta(days=7)))
    assert not Fermeture.objects.exists()


@pytest.mark.parametrize("largeur", [820, 1280])
def test_la_question_se_lit_a_toutes_les_tailles(page_de, agent, tous_les_jours, largeur):
    page: Page = page_de(agent, bypass_csp=True)
    page.set_viewport_size({"width": largeur, "height": 900})
    fermer(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Enregistrer\u00a0?")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
