"""The roll call in the browser: with and without JavaScript, by keyboard, at every width."""

from collections.abc import Callable
from datetime import date, time
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from planning.models import Inscription, Prestation, Reservation, Structure
from planning.regles.jours import Jours
from tests.navigateur.regard import violations
from tests.planning.appel.outils import accueillir_en_nombre

APPELS = "/admin/planning/prestation/appel/?jour=2015-04-01"
ADRESSE = "/admin/planning/prestation/{}/appel/2015/4/1/"
MOIS = "/admin/planning/prestation/{}/mois/2015/4/"


@pytest.fixture
def mercredi(dupont, martin, agent) -> Prestation:
    """Léa comes every Wednesday; Tom is not expected."""
    alsh = Structure.objects.create(nom="Accueil de Loisirs")
    heures = {"heure_debut": time(9), "heure_fin": time(17)}
    prestation = Prestation.objects.create(structure=alsh, nom="ALSH Mercredi journée", **heures)
    cles = {"du": date(2014, 9, 1), "par": agent}
    Inscription.objects.inscrire(dupont.enfants[0], prestation, dupont.famille, jours=Jours.MERCREDI, **cles)
    Inscription.objects.inscrire(martin.enfants[0], prestation, martin.famille, **cles)
    return prestation


@pytest.mark.parametrize("javascript", [True, False], ids=["avec JavaScript", "sans JavaScript"])
def test_l_animateur_pointe_un_enfant_et_en_ajoute_un_autre(page_de, animateur, mercredi, javascript):
    page: Page = page_de(animateur, java_script_enabled=javascript)
    page.goto(ADRESSE.format(mercredi.pk))
    page.get_by_role("group", name="DUPONT Léa").get_by_text("Présent").click()
    page.get_by_label("Nom ou prénom").fill("tom")
    page.locator("#ajout").get_by_role("button", name="Chercher").click()
    page.get_by_label("Tom MARTIN").check()
    page.get_by_role("button", name="Enregistrer l’appel").click()

    expect(page.locator(".messagelist")).to_have_text("Appel enregistré\u00a0: 1\u00a0présent, 1\u00a0enfant ajouté.")
    assert {r.inscription.enfant.prenom for r in Reservation.objects.presentes()} == {"Léa", "Tom"}


def test_a_l_appel_de_71_on_ajoute_un_enfant_sans_perdre_sa_place(page_de, animateur, agent, mercredi, martin):
    accueillir_en_nombre(mercredi, agent, 70, pointes=0)
    page: Page = page_de(animateur, java_script_enabled=False)
    page.goto(ADRESSE.format(mercredi.pk))
    page.get_by_role("link", name="Ajouter un enfant").click()
    page.get_by_label("Nom ou prénom").fill("tom")
    page.locator("#ajout").get_by_role("button", name="Chercher").click()
    expect(page.get_by_label("Tom MARTIN")).to_be_in_viewport()
    page.get_by_label("Tom MARTIN").check()
    page.get_by_role("button", name="Enregistrer l’appel").click()

    expect(page.get_by_role("rowheader", name="MARTIN Tom")).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0


def test_une_touche_par_enfant_et_tout_present_d_un_geste(page_de: Callable[..., Page], animateur, mercredi):
    page = page_de(animateur)
    page.goto(ADRESSE.format(mercredi.pk))
    reste = page.locator("[data-reste]")
    expect(reste).to_have_text("Reste à pointer\u00a0: 1")

    page.get_by_role("group", name="DUPONT Léa").get_by_label("Non pointé").focus()
    page.keyboard.press("a")
    expect(page.get_by_role("group", name="DUPONT Léa").get_by_label("Absent")).to_be_checked()
    page.get_by_role("group", name="DUPONT Léa").get_by_text("Non pointé").click()
    page.get_by_role("button", name="Tout présent").click()

    expect(page.get_by_role("group", name="DUPONT Léa").get_by_label("Présent")).to_be_checked()
    expect(reste).to_have_text("Tous les attendus sont pointés.")


@pytest.mark.parametrize("chemin", [APPELS, ADRESSE, MOIS], ids=["appels", "appel", "mois"])
def test_les_pages_de_l_animateur_se_lisent_a_toutes_les_tailles(page_de, animateur, mercredi, chemin):
    # axe measures with inline styles of its own, which our policy refuses.
    page: Page = page_de(animateur, bypass_csp=True)
    page.goto(chemin.format(mercredi.pk))

    assert violations(page) == []


def test_sur_papier_c_est_un_tableau_et_vingt_enfants_tiennent_sur_deux_feuilles(page_de, animateur, agent, mercredi):
    accueillir_en_nombre(mercredi, agent, 20, pointes=1)
    page: Page = page_de(animateur)
    page.goto(ADRESSE.format(mercredi.pk))
    feuilles = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    lu = feuilles[0].extract_text()
    assert len(feuilles) <= 2
    assert "Réservation" in lu  # the columns have their titles
    assert "Présent" in lu
    assert "Non pointé" not in lu
