"""Many bookings at once, and a child who changes famille, in the browser: asked, done, and the way back."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from famille.models import Rattachement
from planning.models import Inscription, Prestation, Reservation, Structure
from planning.regles.etats import Etat
from planning.regles.jours import Jours
from tests.navigateur.regard import violations

LISTE = "/admin/planning/reservation/?periode=a_venir"


@pytest.fixture
def reservees(dupont, martin, agent) -> list[Reservation]:
    """Léa and Tom have booked three days each, from tomorrow."""
    alsh = Structure.objects.create(nom="Accueil de Loisirs")
    heures = {"heure_debut": time(9), "heure_fin": time(17), "jours_scolaires": Jours(127)}
    prestation = Prestation.objects.create(structure=alsh, nom="ALSH journée", **heures)
    jours = [timezone.localdate() + timedelta(days=n) for n in (1, 2, 3)]
    cles = {"du": date(2014, 9, 1), "par": agent}
    inscriptions = [
        Inscription.objects.inscrire(foyer.enfants[0], prestation, foyer.famille, **cles) for foyer in (dupont, martin)
    ]
    return [journee for inscription in inscriptions for journee in inscription.reserver(jours, par=agent)]


def choisir(page: Page, geste: str) -> None:
    """All the rows of the page, and that line of the menu."""
    for case in page.locator(".action-select").all():
        case.check()
    page.locator("select[name=action]").select_option(label=geste)
    page.get_by_role("button", name="Envoyer").click()


def etats() -> set[str]:
    return set(Reservation.objects.values_list("etat", flat=True))


@pytest.mark.parametrize("javascript", [True, False], ids=["avec JavaScript", "sans JavaScript"])
def test_annuler_en_nombre_se_confirme_et_se_defait(page_de, agent, reservees, javascript):
    page: Page = page_de(agent, java_script_enabled=javascript)
    page.goto(LISTE)
    choisir(page, "Annuler la réservation")

    expect(page.locator("#content-main")).to_contain_text("2\u00a0familles, 2\u00a0enfants.")
    assert etats() == {Etat.RESERVEE}
    page.get_by_role("button", name="Annuler 6\u00a0réservations").click()
    expect(page.locator(".messagelist")).to_contain_text("6\u00a0réservations annulées.")
    assert etats() == {Etat.ANNULEE}

    page.get_by_role("link", name="Revoir ces jours").click()
    page.wait_for_url("**depuis__gte**")
    choisir(page, "Rétablir la réservation")
    page.get_by_role("button", name="Rétablir 6\u00a0réservations").click()
    expect(page.locator(".messagelist")).to_contain_text("6\u00a0réservations rétablies.")
    assert etats() == {Etat.RESERVEE}


@pytest.mark.parametrize("largeur", [820, 1280])
def test_ce_qui_est_demande_se_lit_a_toutes_les_tailles(page_de, agent, dupont, martin, reservees, largeur):
    page: Page = page_de(agent, bypass_csp=True)
    page.set_viewport_size({"width": largeur, "height": 900})
    page.goto(LISTE)
    choisir(page, "Annuler la réservation")
    regarder(page, "Annuler 6\u00a0réservations\u00a0?")

    page.goto(f"/admin/famille/enfant/{dupont.enfants[0].pk}/change/")
    page.get_by_role("link", name="Déplacer vers une autre famille").click()
    regarder(page, "Déplacer Léa DUPONT vers une autre famille")
    page.get_by_label("Vers la famille n°").fill(martin.famille.numero)
    page.get_by_role("button", name="Continuer").click()
    regarder(page, "Déplacer Léa DUPONT\u00a0?")
    page.get_by_role("button", name="Déplacer").click()
    expect(page.locator(".messagelist")).to_contain_text("est maintenant avec MARTIN")
    assert [lien.famille for lien in Rattachement.objects.filter(enfant=dupont.enfants[0])] == [martin.famille]


def regarder(page: Page, titre: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(titre)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
