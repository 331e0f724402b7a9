"""The menu of a day: by a click, a right click, a key, a finger."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.navigateur.planning.outils import appui_long, cellule, menu
from tests.navigateur.regard import violations


def test_clic_clic_droit_entree_et_appui_long_ouvrent_le_meme_menu(ouverte):
    page = ouverte(has_touch=True)
    case = cellule(page, "jeudi 9")
    lus = []
    for geste in (
        lambda: case.click(),
        lambda: case.click(button="right"),
        # The Menu key, as WebKit says it: of the cell around the link.
        lambda: case.locator("..").dispatch_event("contextmenu", {"bubbles": True, "cancelable": True}),
        lambda: case.press("Enter"),
        lambda: appui_long(case),
    ):
        geste()
        expect(menu(page)).to_be_visible()
        lus.append(menu(page).inner_text())
        page.keyboard.press("Escape")
        expect(menu(page)).to_be_hidden()
        expect(case).to_be_focused()
    assert "Demande de réservation" in lus[0]
    assert "Le jeudi 9 avril n’est pas réservé." in lus[0]
    assert lus == [lus[0]] * 5


def test_un_clic_a_cote_ou_fermer_ferme_le_menu(ouverte):
    page = ouverte()
    case = cellule(page, "mercredi 8")
    for fermer in (
        lambda: page.mouse.click(5, 400),
        lambda: menu(page).get_by_role("button", name="Fermer").click(),
    ):
        case.click()
        expect(menu(page).get_by_role("link", name="Déclaration d’absence")).to_be_visible()
        fermer()
        expect(menu(page)).to_be_hidden()
        expect(case).to_be_focused()


def test_le_menu_est_accessible(page_de, dupont, mois):
    page = page_de(dupont.compte, bypass_csp=True)
    page.goto(mois)
    cellule(page, "jeudi 9").click()
    expect(menu(page)).to_be_visible()
    assert violations(page) == []


def test_sans_javascript_une_case_mene_a_son_jour(ouverte, mois):
    page = ouverte(java_script_enabled=False)
    cellule(page, "mercredi 8").click()
    assert urlsplit(page.url).path == f"{mois}8/"
    expect(page.get_by_role("heading", level=1)).to_have_text("Mercredi 8 avril 2015")
    expect(page.get_by_role("link", name="Déclaration d’absence")).to_have_count(1)


def test_une_session_perdue_ne_montre_pas_la_porte_dans_le_menu(ouverte):
    page = ouverte()
    page.context.clear_cookies(name="portail_session")
    cellule(page, "jeudi 9").click()
    page.wait_for_url("**/connexion/**")
    expect(page.get_by_label("Identifiant")).to_be_visible()
