"""Signing in, passwords, the end of a session: in the browser, with and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.navigateur.gestes import champ, entrer, sortir

CHOISI = "Bonbons2015"


@pytest.fixture(params=[True, False], ids=["avec JavaScript", "sans JavaScript"])
def page(request, ouvrir: Callable[..., Page]) -> Page:
    return ouvrir(java_script_enabled=request.param)


def test_jean_dupont_entre_lit_son_dossier_et_sort(page: Page, dupont):
    page.goto("/connexion/")
    entrer(page, "dupont")
    expect(page.get_by_text("Bienvenue JEAN DUPONT")).to_be_visible()
    navigation = page.get_by_role("navigation", name="Navigation principale")
    navigation.get_by_role("link", name="Mon compte").click()
    expect(page.get_by_role("main")).to_contain_text("1001001818331")
    navigation.get_by_role("link", name="Mes enfants").click()
    page.get_by_role("main").get_by_role("link", name=re.compile("Voir sa fiche.*Léa")).click()
    expect(page.get_by_role("main")).to_contain_text("Arachide")
    sortir(page)
    expect(page).to_have_url(re.compile(r"/au-revoir/$"))
    page.goto("/mon-compte/")
    expect(page).to_have_url(re.compile(r"/connexion/\?next=/mon-compte/$"))


def test_le_nouveau_choisit_son_mot_de_passe(page: Page, nouveau):
    page.goto("/connexion/")
    entrer(page, "nouveau", "Provisoire1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Choisissez votre mot de passe")
    champ(page, "Mot de passe actuel").fill("Provisoire1")
    champ(page, "Nouveau mot de passe").fill(CHOISI)
    champ(page, "Le même, une seconde fois").fill(CHOISI)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Votre nouveau mot de passe est enregistré.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/preferences/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Comment vous prévenir")
    page.get_by_label("Par e-mail").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page).to_have_url(re.compile(r"\d/$"))


def test_le_menu_du_telephone_sert_aussi_sans_javascript(ouvrir: Callable[..., Page], dupont):
    page = ouvrir(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/connexion/")
    entrer(page, "dupont")
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("#menu").get_by_role("link", name="Relevé de compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Relevé de compte")


def test_les_lignes_se_cochent_pendant_la_frappe(page_de: Callable[..., Page], nouveau):
    page = page_de(nouveau.compte)
    page.goto("/mot-de-passe/changement/")
    respectees = page.locator(".est-respectee")
    saisie = champ(page, "Nouveau mot de passe")
    for frappe, attendues in [
        ("b", ["Au moins 1 minuscule"]),
        ("B", ["Au moins 1 majuscule", "Au moins 1 minuscule"]),
        ("1", ["Au moins 1 majuscule", "Au moins 1 minuscule", "Au moins 1 chiffre"]),
        ("onbon", ["8 caractères minimum", "Au moins 1 majuscule", "Au moins 1 minuscule", "Au moins 1 chiffre"]),
    ]:
        saisie.press_sequentially(frappe)
        devinees = ["Pas un mot courant", "Ni votre nom"]
        expect(respectees).to_have_text([re.compile(ligne) for ligne in (*attendues, *devinees)])
    for devine, manque in [("D0udou123", "Pas un mot courant"), ("NoeNouveau26", "Ni votre nom")]:
        saisie.fill(devine)
        expect(respectees).to_have_count(5)
        expect(respectees.filter(has_text=manque)).to_have_count(0)
    saisie.fill("")
    expect(respectees).to_have_count(0)


def test_un_mot_de_passe_se_montre_et_se_cache(page_de: Callable[..., Page], db):
    page = page_de(None)
    page.goto("/connexion/")
    saisie = champ(page, "Mot de passe")
    bouton = page.get_by_role("button", name="Afficher le mot de passe")
    expect(saisie).to_have_attribute("type", "password")
    bouton.click()
    expect(saisie).to_have_attribute("type", "text")
    expect(bouton).to_have_attribute("aria-pressed", "true")
    bouton.click()
    expect(saisie).to_have_attribute("type", "password")


def test_avant_la_fin_de_la_session_on_peut_rester(page_de: Callable[..., Page], dupont, settings):
    """Two minutes of notice: a session of 122 seconds asks after two."""
    settings.SESSION_INACTIVITE_MAX = 122
    page = page_de(dupont.compte)
    page.goto("/mon-compte/")
    avis = page.get_by_role("dialog", name="Toujours là")
    expect(avis).to_be_visible()
    with page.expect_response("**/session/") as reponse:
        avis.get_by_role("button", name="Rester connecté").click()
    assert reponse.value.status == 204
    expect(avis).to_be_hidden()
    expect(page).to_have_url(re.compile(r"/mon-compte/$"))


def test_un_agent_est_prevenu_aussi_de_la_fin_de_sa_session(page_de: Callable[..., Page], agent, settings):
    settings.SESSION_INACTIVITE_MAX = 122
    page = page_de(agent)
    page.goto("/admin/famille/ecole/add/")
    page.get_by_label("Nom").fill("École Jean-Moulin")
    avis = page.get_by_role("dialog", name="Toujours là")
    expect(avis).to_be_visible()
    avis.get_by_role("button", name="Rester connecté").click()
    expect(avis).to_be_hidden()
    expect(page.get_by_label("Nom")).to_have_value("École Jean-Moulin")


def test_une_session_finie_ramene_a_la_porte_puis_a_la_page(page_de: Callable[..., Page], dupont, settings):
    settings.SESSION_INACTIVITE_MAX = 2
    page = page_de(dupont.compte)
    page.goto("/mon-compte/")
    expect(page.get_by_text("Vous avez été déconnecté.")).to_be_visible()
    settings.SESSION_INACTIVITE_MAX = 600
    entrer(page, "dupont")
    expect(page).to_have_url(re.compile(r"/mon-compte/$"))
