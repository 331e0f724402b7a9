"""The page of a famille, in the browser: found by telephone, three days booked, a régulier day excused."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

import francais
from messagerie.models import Fil
from planning.models import Inscription, Prestation, Reservation, Structure
from planning.regles.etats import Etat
from planning.regles.jours import Jours
from tests.demandes.outils import changer_de_mobile
from tests.facturation.fabriques import operations
from tests.navigateur.regard import fautes_au_clavier, violations

ONGLETS = ("", "echanges/", "comptes/", "notes/", "historique/", "acces/", "depot/responsable/")
TOUS_LES_JOURS = Jours(127)


def inscrire(foyer, par, nom: str, jours: Jours) -> Inscription:
    structure, _ = Structure.objects.get_or_create(nom="Accueil de Loisirs")
    debut = {"ALSH journée": 9, "Garderie matin": 7}[nom]
    heures = {"heure_debut": time(debut), "heure_fin": time(debut + 1), "jours_scolaires": TOUS_LES_JOURS}
    prestation = Prestation.objects.create(structure=structure, nom=nom, **heures)
    cles = {"du": date(2014, 9, 1), "jours": jours, "par": par}
    return Inscription.objects.inscrire(foyer.enfants[0], prestation, foyer.famille, **cles)


@pytest.fixture
def tom(martin, agent) -> Inscription:
    return inscrire(martin, agent, "ALSH journée", Jours(0))


def mois_prochain() -> date:
    """Its first day: no deadline forbids it."""
    return (timezone.localdate().replace(day=1) + timedelta(days=62)).replace(day=1)


def case(page: Page, nom: str, jour: date):
    return page.get_by_label(f"Tom, {nom}, {francais.jour_et_mois(jour)}\u00a0:", exact=False)


@pytest.mark.parametrize("javascript", [True, False], ids=["avec JavaScript", "sans JavaScript"])
def test_trouvee_par_telephone_trois_jours_reserves_et_un_jour_regulier_excuse(page_de, agent, martin, tom, javascript):
    inscrire(martin, agent, "Garderie matin", TOUS_LES_JOURS)
    page: Page = page_de(agent, java_script_enabled=javascript)
    page.goto("/admin/")
    page.get_by_role("searchbox").fill("06 11 22 33 44")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("MARTIN Sophie")

    premier = mois_prochain()
    jours = [premier + timedelta(days=n) for n in (6, 7, 8)]
    page.goto(f"{page.url.partition('?')[0]}?mois={premier:%Y-%m}")
    for jour in jours:
        case(page, "ALSH journée", jour).check()
    page.get_by_role("button", name="Réserver").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Réserver 3\u00a0jours\u00a0?")
    page.get_by_role("button", name="Réserver 3\u00a0jours").click()
    expect(page.locator(".messagelist")).to_contain_text("La famille est prévenue.")
    assert list(Reservation.objects.order_by("jour").values_list("jour", "etat")) == [(j, Etat.RESERVEE) for j in jours]
    assert Fil.objects.filter(famille=martin.famille).count() == 1

    case(page, "Garderie matin", jours[0]).check()
    page.get_by_role("button", name="Excuser l’absence").click()
    page.get_by_role("checkbox", name="Prévenir la famille").uncheck()
    page.get_by_role("button", name="Excuser 1\u00a0absence").click()
    expect(page.locator(".messagelist")).to_contain_text("La famille n’est pas prévenue.")
    assert Reservation.objects.get(etat=Etat.ABSENT_EXCUSE).jour == jours[0]
    assert Fil.objects.filter(famille=martin.famille).count() == 1


def test_au_clavier_seul(page_de, agent, martin, tom):
    page: Page = page_de(agent)
    premier = mois_prochain()
    page.goto(f"/admin/guichet/famille/{martin.famille.pk}/?mois={premier:%Y-%m}")
    assert fautes_au_clavier(page, dans=".grille-mois") == []
    case(page, "ALSH journée", premier + timedelta(days=6)).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Réserver").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Réserver 1\u00a0jour").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("c’est fait")


def test_axe_n_y_trouve_rien(page_de, directrice, dupont, agent):
    inscrire(dupont, agent, "ALSH journée", TOUS_LES_JOURS)
    changer_de_mobile(dupont)
    operations(dupont.famille)
    page: Page = page_de(directrice, bypass_csp=True)
    for onglet in ONGLETS:
        page.goto(f"/admin/guichet/famille/{dupont.famille.pk}/{onglet}")
        assert violations(page) == [], onglet
    page.goto(f"/admin/guichet/famille/{dupont.famille.pk}/")
    page.locator("input[name=jour]").first.check()
    page.get_by_role("button", name="Excuser l’absence").click()
    assert violations(page) == []


def test_voir_comme_la_famille_se_voit_et_se_quitte(page_de, directrice, dupont):
    page: Page = page_de(directrice, bypass_csp=True)
    page.goto(f"/admin/guichet/famille/{dupont.famille.pk}/")
    page.get_by_role("button", name="Voir comme Jean").click()
    expect(page.get_by_role("region", name="Voir comme la famille")).to_contain_text("Jean DUPONT")
    assert violations(page) == []
    page.get_by_role("button", name="Quitter").click()
    page.wait_for_url(f"**/guichet/famille/{dupont.famille.pk}/")
