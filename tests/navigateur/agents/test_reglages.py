"""The direction sets the portal up in a real browser: a name, a text, a right, a colour; each screen seen by axe."""

from collections.abc import Callable

from django.contrib.auth.models import Group
from playwright.sync_api import Page

from socle.models import Reglage
from tests.navigateur.regard import fautes_au_clavier, violations

# The others are seen on the way; a form of choices is like another.
ECRANS = ("textes", "conservation", "agents", "agents/nouveau")


def test_la_direction_regle_le_portail(page_de: Callable[..., Page], directrice, agent):
    page = page_de(directrice, bypass_csp=True)
    for ecran in ECRANS:
        page.goto(f"/admin/guichet/reglages/{ecran}/")
        assert violations(page) == [], ecran

    page.goto("/admin/")
    page.get_by_role("link", name="Régler le portail").first.click()
    page.get_by_label("Nom du centre").fill("La Ruche")
    assert fautes_au_clavier(page, dans="#content-start") == []
    assert violations(page) == []
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Enregistré\u00a0: les pages").wait_for()

    page.get_by_role("link", name="Les textes").last.click()
    page.get_by_role("link", name="Facture émise").click()
    page.get_by_label("Texte").fill("Bonjour,\n\n{facture}, {prenom}\u00a0: {montant}. {a_payer}")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("La variable {prenom} n’existe pas ici").wait_for()
    page.get_by_label("Texte").fill("Bonjour,\n\n{facture}\u00a0: {montant}. {a_payer}\n\n{centre}")
    page.get_by_role("button", name="Voir l’aperçu").click()
    page.locator(".reglages__apercu").get_by_text("La Ruche", exact=True).wait_for()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Le texte est enregistré").wait_for()

    page.goto("/admin/guichet/reglages/droits/")
    page.get_by_role("link", name="Accueil", exact=True).last.click()
    assert violations(page) == []
    page.get_by_label("Écoles : modifier").uncheck()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Retiré\u00a0: écoles, modifier.").wait_for()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("ils valent déjà").wait_for()
    assert not Group.objects.get(name="Accueil").permissions.filter(codename="change_ecole").exists()

    page.goto("/admin/guichet/reglages/couleurs/")
    page.get_by_label("Couleur principale").fill("#7a1fa2")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("toutes les pages").wait_for()
    page.wait_for_load_state("load")
    page.emulate_media(color_scheme="light")
    bandeau = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--bandeau')")
    assert bandeau.strip() == "#7a1fa2"
    assert violations(page) == []
    assert Reglage.objects.count() == 4
