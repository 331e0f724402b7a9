"""Several days at once: by mouse, keyboard and finger."""

import pytest
from playwright.sync_api import expect

from tests.navigateur.planning.outils import TELEPHONE, barre, cellule, choisis, demandes, glisser, menu
from tests.navigateur.regard import violations


def test_plusieurs_jours_a_la_souris_font_une_demande(ouverte, inscriptions):
    page = ouverte()
    expect(barre(page)).to_be_hidden()
    glisser(page, cellule(page, "lundi 27", "ALSH Mercredi journée"), cellule(page, "jeudi 30"))
    expect(menu(page)).to_be_hidden()
    assert choisis(page) == 8
    expect(barre(page)).to_contain_text("4\N{NO-BREAK SPACE}jours choisis, sur 2\N{NO-BREAK SPACE}lignes")
    barre(page).get_by_role("button", name="Demande de réservation").click()
    page.wait_for_url("**/demandes/reservation/*")
    jours = "2015-04-27,2015-04-28,2015-04-29,2015-04-30"
    assert demandes(page) == {"inscription": [str(i.pk) for i in inscriptions], "jours": [jours, jours]}
    refuses = page.get_by_role("region", name="Ces jours ne peuvent pas être demandés")
    expect(refuses.get_by_role("listitem")).to_have_count(3)  # three days that are no Wednesday
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(5)


def test_le_choix_s_ajoute_et_se_retire_au_clic(ouverte):
    page = ouverte()
    glisser(page, cellule(page, "lundi 27"), cellule(page, "mardi 28"))
    cellule(page, "jeudi 30").click()
    expect(barre(page)).to_contain_text("3\N{NO-BREAK SPACE}jours choisis")
    expect(cellule(page, "jeudi 30")).to_have_accessible_name(
        "Garderie matin, jeudi 30 avril\N{NO-BREAK SPACE}: rien, choisi"
    )
    cellule(page, "jeudi 30").click()
    cellule(page, "lundi 27").click()
    expect(barre(page)).to_contain_text("1\N{NO-BREAK SPACE}jour choisi")
    expect(page.locator("#choix-annonce")).to_have_text("1\N{NO-BREAK SPACE}jour choisi")
    glisser(page, cellule(page, "mardi 28"), cellule(page, "mercredi 29"))
    expect(barre(page)).to_be_hidden()
    assert choisis(page) == 0
    cellule(page, "jeudi 9").click()
    expect(menu(page)).to_be_visible()


def test_maj_et_clic_choisissent_jusque_la(ouverte):
    page = ouverte()
    cellule(page, "lundi 27").focus()
    cellule(page, "jeudi 30").click(modifiers=["Shift"])
    assert choisis(page) == 4
    expect(menu(page)).to_be_hidden()
    assert len(page.context.pages) == 1
    barre(page).get_by_role("button", name="Annuler").click()
    expect(barre(page)).to_be_hidden()
    assert choisis(page) == 0
    assert page.evaluate("document.activeElement.closest('.grille-mois') !== null")


def test_au_clavier_espace_et_maj_fleches_choisissent(ouverte, inscriptions):
    page = ouverte()
    cellule(page, "mercredi 8").focus()
    page.keyboard.press("Space")
    expect(barre(page)).to_contain_text("1\N{NO-BREAK SPACE}jour choisi")
    cellule(page, "mardi 28").focus()
    for touche in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(f"Shift+{touche}")
    assert choisis(page) == 3  # the 8th, the 28th, the 29th
    page.keyboard.press("Tab")
    expect(barre(page).get_by_role("button", name="Demande de réservation")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/demandes/absence/*")
    assert demandes(page) == {
        "inscription": [str(inscriptions[1].pk)],
        "jours": ["2015-04-08,2015-04-28,2015-04-29"],
    }
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)


def test_apres_un_glisser_la_premiere_touche_compte(ouverte):
    page = ouverte()
    glisser(page, cellule(page, "lundi 27"), cellule(page, "mardi 28"))
    cellule(page, "jeudi 30").press("Enter")
    expect(menu(page)).to_be_hidden()
    assert choisis(page) == 3


def test_echap_efface_le_choix(ouverte):
    page = ouverte()
    glisser(page, cellule(page, "lundi 27"), cellule(page, "jeudi 30"))
    page.keyboard.press("Escape")
    expect(barre(page)).to_be_hidden()
    assert choisis(page) == 0


def test_la_barre_du_choix_est_accessible(page_de, dupont, mois):
    page = page_de(dupont.compte, bypass_csp=True)
    page.goto(mois)
    glisser(page, cellule(page, "mercredi 8"), cellule(page, "jeudi 30"))
    expect(barre(page)).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, TELEPHONE], ids=["sans-javascript", "au-doigt"])
def test_une_semaine_ou_tous_les_mardis_se_cochent_d_un_coup(options, ouverte):
    page = ouverte(**options)
    page.get_by_role("link", name="Réserver plusieurs jours").click()
    garderie = page.get_by_role("group", name="Garderie matin")
    garderie.get_by_label("Jeudi 30 avril").check()
    garderie.get_by_role("button", name="Tous les mardis").click()
    coches = page.get_by_role("checkbox", checked=True)
    expect(coches).to_have_count(3)
    garderie.get_by_role("button", name="Toute la semaine : Garderie matin, à partir du lundi 27 avril").click()
    expect(coches).to_have_count(5)
    expect(garderie.get_by_label("Lundi 27 avril")).to_be_checked()
    garderie.get_by_role("button", name="Tous les mardis").click()
    expect(coches).to_have_count(3)
    page.get_by_role("button", name="Continuer avec ces jours").click()
    page.wait_for_url("**/demandes/reservation/*")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(3)


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, TELEPHONE], ids=["sans-javascript", "au-doigt"])
def test_sans_script_ou_au_doigt_plusieurs_jours_se_cochent(options, ouverte, inscriptions):
    page = ouverte(**options)
    page.get_by_role("link", name="Réserver plusieurs jours").click()
    garderie = page.get_by_role("group", name="Garderie matin")
    for jour in ("Mardi 28 avril", "Jeudi 30 avril"):
        garderie.get_by_label(jour).check()
    page.get_by_role("group", name="ALSH Mercredi journée").get_by_label("Mercredi 29 avril").check()
    page.get_by_role("button", name="Continuer avec ces jours").click()
    page.wait_for_url("**/demandes/reservation/*")
    alsh, matin = (inscription.pk for inscription in inscriptions)
    jours = [f"{alsh}:2015-04-29", f"{matin}:2015-04-28", f"{matin}:2015-04-30"]
    assert demandes(page) == {"mois": ["2015-04"], "jour": jours}
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(3)
