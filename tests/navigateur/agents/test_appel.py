"""The roll call in the browser: with and without JavaScript, by keyboard, at every width."""

from collections.abc import Callable, Iterator
from datetime import date, time
from io import BytesIO

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from planning.models import Inscription, Prestation, Reservation, Structure
from planning.regles.etats import Presence
from planning.regles.jours import Jours
from tests.navigateur.regard import violations
from tests.planning.appel.outils import MERCREDI, accueillir_en_nombre

APPELS = "/admin/planning/prestation/appel/?jour=2015-04-01"
ADRESSE = "/admin/planning/prestation/{}/appel/2015/4/1/"
STRUCTURE = "/admin/planning/prestation/appel/structure/{}/2015/4/1/"
MOIS = "/admin/planning/prestation/{}/mois/2015/4/"


@pytest.fixture
def jeudi_2_avril() -> Iterator[None]:
    """The clock runs: a browser that waits would wait for ever otherwise."""
    with time_machine.travel("2015-04-02T08:00:00+02:00", tick=True):
        yield


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


def test_sans_javascript_l_animateur_pointe_un_enfant_et_en_ajoute_un_autre(page_de, animateur, mercredi):
    page: Page = page_de(animateur, java_script_enabled=False)
    page.goto(ADRESSE.format(mercredi.pk))
    page.get_by_role("group", name="DUPONT Léa").get_by_text("Présent").click()
    page.get_by_label("Nom ou prénom").fill("tom")
    page.locator("#ajout").get_by_role("button", name="Chercher").click()
    page.get_by_label("Tom MARTIN").check()
    page.get_by_role("button", name="Enregistrer l’appel").click()

    expect(page.locator(".messagelist").first).to_have_text(
        "Appel enregistré\u00a0: 1\u00a0présent, 1\u00a0enfant ajouté."
    )
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


@pytest.mark.usefixtures("jeudi_2_avril")
def test_un_geste_enregistre_et_se_defait(page_de: Callable[..., Page], animateur, mercredi):
    """A tap, a key, the whole group, « arrivé » and « parti » now: no button to save, one to undo."""
    page = page_de(animateur)
    page.goto(ADRESSE.format(mercredi.pk))
    reste, envoi, lea = (
        page.locator("[data-reste]"),
        page.locator("[data-envoi]"),
        page.get_by_role("group", name="Léa"),
    )
    expect(reste).to_have_text("Reste à pointer\u00a0: 1")
    lea.get_by_label("Non pointé").focus()
    page.keyboard.press("a")
    expect(envoi).to_have_text("Tout est enregistré.")
    expect(page.locator("[data-absents]")).to_have_text("1\u00a0absent")
    assert notes() == {"Léa": ("absent", None)}

    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("[data-absents]")).to_have_text("0\u00a0absent")
    page.get_by_role("button", name="Tout le groupe présent").click()
    expect(page.locator("[data-presents]")).to_have_text("1\u00a0présent")
    expect(reste).to_have_text("Tous les attendus sont pointés.")
    expect(page.locator("[data-fait]")).to_have_text("1\u00a0enfant pointé présent")
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("[data-presents]")).to_have_text("0\u00a0présent")
    assert notes() == {"Léa": ("", None)}

    page.get_by_role("button", name="Arrivé maintenant\u00a0: DUPONT Léa").click()
    expect(page.locator("[data-presents]")).to_have_text("1\u00a0présent")
    assert notes() == {"Léa": ("present", time(8))}


def test_l_enfant_imprevu_se_trouve_et_s_ajoute_sans_quitter_la_liste(page_de, animateur, mercredi):
    page: Page = page_de(animateur)
    page.goto(ADRESSE.format(mercredi.pk))
    page.get_by_label("Nom ou prénom").press_sequentially("tom")
    page.get_by_role("button", name="Ajouter, présent, Tom MARTIN").click()
    tom = page.get_by_role("group", name="MARTIN Tom")
    expect(tom.get_by_label("Présent")).to_be_checked()
    expect(page.locator("[data-suggere]")).to_have_text("Tom MARTIN\u00a0: ajouté.")
    assert notes() == {"Tom": ("present", None)}
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("[data-presents]")).to_have_text("0\u00a0présent")
    page.get_by_label("Nom ou prénom").press_sequentially("lea")
    page.get_by_role("button", name="Déjà sur la liste\u00a0: voir, Léa DUPONT").click()
    expect(page.get_by_role("group", name="Léa").get_by_label("Non pointé")).to_be_focused()


@pytest.mark.usefixtures("jeudi_2_avril")
def test_le_reseau_coupe_ne_perd_rien_et_deux_agents_se_rejoignent(
    page_de, animateur, directrice, mercredi, martin, agent, plaintes
):
    tom = Inscription.objects.get(enfant=martin.enfants[0])
    tom.reserver([MERCREDI], par=agent)
    page: Page = page_de(animateur)
    page.goto(ADRESSE.format(mercredi.pk))
    lea, envoi = page.get_by_role("group", name="Léa"), page.locator("[data-envoi]")
    page.context.set_offline(True)
    page.get_by_role("button", name="Tout le groupe présent").click()
    expect(envoi).to_contain_text("2\u00a0pointages en attente d’envoi\u00a0: le réseau est coupé")
    # The same child twice, in order; and meanwhile another agent, who has the network.
    page.get_by_role("button", name="Parti maintenant\u00a0: DUPONT Léa").click()
    tom.journee(MERCREDI).pointer(Presence.ABSENT, par=directrice)
    page.context.set_offline(False)
    expect(envoi).to_have_text("Tout est enregistré.")
    expect(page.locator("[data-dit]", has_text="Diane MAIRIE a noté")).to_contain_text("Sa saisie est gardée.")
    expect(page.get_by_role("group", name="Tom").get_by_label("Absent")).to_be_checked()
    assert {(r.inscription.enfant.prenom, r.presence) for r in Reservation.objects.all()} == {
        ("Léa", "present"),
        ("Tom", "absent"),
    }
    assert Reservation.objects.get(inscription__enfant__prenom="Léa").depart == time(8)

    # The tab is closed during the cut, the session ends: what waits leaves at the next opening, once signed in.
    page.context.set_offline(True)
    lea.get_by_text("Absent").click()
    expect(envoi).to_contain_text("1\u00a0pointage en attente d’envoi")
    page.get_by_role("link", name="Terminer l’appel").click()
    expect(envoi).to_contain_text("attendez qu’il revienne pour quitter cette page")
    page.locator("#recherche-texte").press("Enter")
    with page.expect_event("dialog") as question:
        page.evaluate("setTimeout(() => location.reload())")
    question.value.dismiss()
    assert question.value.type == "beforeunload"
    assert page.url.endswith(ADRESSE.format(mercredi.pk))
    temoins = page.context.cookies()
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(envoi.get_by_role("link", name="identifiez-vous de nouveau")).to_be_visible()
    page.context.add_cookies(temoins)
    accueil = page.context.new_page()
    accueil.goto("/admin/")
    expect(accueil.locator("[data-pointages]")).to_have_text(
        "1\u00a0pointage attend sur cet appareil\u00a0: ouvrez l’appel pour l’envoyer."
    )
    assert accueil.locator("[data-pointages] a").get_attribute("href") == ADRESSE.format(mercredi.pk)
    accueil.close()
    envoi.get_by_role("link").click()
    expect(envoi).to_have_text("Tout est enregistré.")
    assert Reservation.objects.get(inscription__enfant__prenom="Léa").presence == "absent"
    page.reload()
    expect(envoi).to_have_text("Tout est enregistré.")
    plaintes.clear()  # the browser says that the network was cut


@pytest.mark.usefixtures("jeudi_2_avril")
def test_defaire_tout_le_groupe_laisse_ce_qu_un_autre_agent_a_note_depuis(
    page_de, animateur, directrice, mercredi, martin, agent, plaintes
):
    tom = Inscription.objects.get(enfant=martin.enfants[0])
    tom.reserver([MERCREDI], par=agent)
    page: Page = page_de(animateur)
    page.goto(ADRESSE.format(mercredi.pk))
    page.context.set_offline(True)
    page.get_by_role("button", name="Tout le groupe présent").click()
    tom.journee(MERCREDI).pointer(Presence.ABSENT, par=directrice)
    page.context.set_offline(False)
    expect(page.get_by_role("group", name="Tom").get_by_label("Absent")).to_be_checked()
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("[data-presents]")).to_have_text("0\u00a0présent")
    expect(page.locator("[data-dit]", has_text="Noté autrement depuis")).to_have_count(1)
    assert notes() == {"Léa": ("", None), "Tom": ("absent", None)}
    plaintes.clear()  # the browser says that the network was cut


def notes() -> dict[str, tuple[str, time | None]]:
    return {r.inscription.enfant.prenom: (r.presence, r.arrivee) for r in Reservation.objects.all()}


@pytest.mark.parametrize("chemin", [APPELS, ADRESSE, STRUCTURE, MOIS], ids=["appels", "appel", "structure", "mois"])
def test_les_pages_de_l_animateur_se_lisent_a_toutes_les_tailles(page_de, animateur, mercredi, chemin):
    # axe measures with inline styles of its own, which our policy refuses.
    page: Page = page_de(animateur, bypass_csp=True)
    page.goto(chemin.format(mercredi.structure_id if chemin is STRUCTURE else mercredi.pk))

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
