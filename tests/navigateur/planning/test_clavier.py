"""The month by the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.navigateur.planning.outils import cellule
from tests.navigateur.regard import fautes_au_clavier


def test_les_fleches_vont_de_case_en_case(ouverte):
    page = ouverte()
    cellule(page, "jeudi 9").focus()
    for touche, jour, prestation in (
        ("ArrowRight", "vendredi 10", "Garderie matin"),
        ("ArrowUp", "vendredi 10", "ALSH Mercredi journée"),
        ("ArrowUp", "vendredi 10", "ALSH Mercredi journée"),
        ("Home", "mercredi 1er", "ALSH Mercredi journée"),
        ("ArrowLeft", "mercredi 1er", "ALSH Mercredi journée"),
        ("End", "jeudi 30", "ALSH Mercredi journée"),
        ("ArrowDown", "jeudi 30", "Garderie matin"),
        ("ArrowLeft", "mercredi 29", "Garderie matin"),
    ):
        page.keyboard.press(touche)
        expect(cellule(page, jour, prestation)).to_be_focused()
    assert "/2015/04/" in page.url


def test_tab_entre_une_fois_dans_la_grille_et_revient_ou_l_on_etait(ouverte):
    page = ouverte()
    page.get_by_role("button", name="Afficher").focus()
    page.keyboard.press("Tab")
    expect(cellule(page, "jeudi 2", "ALSH Mercredi journée")).to_be_focused()  # today
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Réserver plusieurs jours")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(cellule(page, "jeudi 2")).to_be_focused()


@pytest.mark.parametrize("taille", [(320, 640), (1280, 800)], ids=["320", "1280"])
@pytest.mark.parametrize("reste", ["", "8/", "reservation/", "absence/"], ids=["mois", "jour", "choix", "absences"])
def test_le_clavier_atteint_tout_et_se_voit(taille, reste, page_de, dupont, mois):
    page = page_de(dupont.compte, viewport={"width": taille[0], "height": taille[1]})
    page.goto(mois + reste)
    assert fautes_au_clavier(page) == []


def test_les_fleches_tournent_les_mois_sans_perdre_sa_place(ouverte, mois):
    page = ouverte(viewport={"width": 768, "height": 500})
    page.locator(".grille-mois").evaluate("grille => { grille.scrollLeft = 120; }")
    page.evaluate("scrollTo(0, 260)")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/2015/05/*")
    expect(page.get_by_role("link", name="Mois suivant")).to_be_focused()
    assert page.evaluate("scrollY") == 260
    assert page.locator(".grille-mois").evaluate("grille => grille.scrollLeft") == 120
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**{mois}*")
    expect(page.get_by_role("link", name="Mois précédent")).to_be_focused()


def test_le_choix_du_mois_garde_ses_fleches(ouverte):
    page = ouverte()
    page.get_by_label("Mois", exact=True).focus()
    page.keyboard.press("ArrowRight")
    assert page.url.endswith("/2015/04/")


def test_le_mois_choisi_s_affiche_sans_autre_geste(ouverte):
    page = ouverte()
    page.get_by_label("Mois", exact=True).select_option("juin")
    page.wait_for_url("**/planning/2015/06/")
    page.get_by_label("Année").select_option("2014")
    page.wait_for_url("**/planning/2014/06/")
    expect(page.get_by_label("Mois", exact=True)).to_have_value("6")
    expect(page.get_by_label("Année")).to_have_value("2014")


def test_au_clavier_ou_sans_script_le_mois_attend_afficher(ouverte):
    page = ouverte()
    page.get_by_label("Mois", exact=True).focus()
    page.keyboard.press("ArrowDown")  # passes by May to choose June
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Afficher")).to_be_focused()
    expect(page.get_by_role("button", name="Afficher")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/planning/2015/06/")
    page = ouverte(java_script_enabled=False)
    page.get_by_label("Mois", exact=True).select_option("juin")
    page.get_by_role("button", name="Afficher").click()
    page.wait_for_url("**/planning/2015/06/")
