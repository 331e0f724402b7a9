"""A day of the planning, from the hand to the cell « Réservé »: by mouse, by keyboard, by touch, without script.

Each passage leaves its pictures in var/captures/.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from demandes.models import Demande
from planning.models import Inscription, Prestation
from tests.distribution import Foyer
from tests.navigateur.gestes import champ, entrer
from tests.navigateur.regard import violations
from tests.planning.conftest import alsh, calendrier_2015, mercredi

__all__ = ["alsh", "calendrier_2015", "mercredi"]
CASE = re.compile(r"mercredi 8 avril", re.IGNORECASE)
TELEPHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}


@pytest.fixture(autouse=True)
def jeudi_2_avril_2015() -> Iterator[None]:
    # The clock runs: a browser that waits would wait for ever otherwise.
    with time_machine.travel("2015-04-02T08:00:00+02:00", tick=True):
        yield


@pytest.fixture
def inscription(dupont: Foyer, mercredi: Prestation, agent) -> Inscription:
    (lea,) = dupont.enfants
    return Inscription.objects.inscrire(lea, mercredi, dupont.famille, du="2014-09-01", par=agent)


@pytest.fixture
def film(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    dossier = Path(settings.BASE_DIR) / "var" / "captures" / request.node.name
    dossier.mkdir(parents=True, exist_ok=True)

    def prendre(page: Page, nom: str) -> None:
        page.screenshot(path=dossier / f"{len(list(dossier.glob('*.png'))):02}-{nom}.png", full_page=True)

    for ancienne in dossier.glob("*.png"):
        ancienne.unlink()
    return prendre


def planning(page: Page, inscription: Inscription) -> Locator:
    """The planning of April, and the cell of Wednesday the 8th."""
    page.goto(reverse("planning:mois", args=[inscription.enfant_id, 2015, "04"]))
    return page.get_by_role("link", name=CASE).first


def l_agent_accepte(page: Page, film: Callable) -> None:
    page.goto(reverse("admin:demandes_demande_changelist"))
    page.get_by_role("link", name=re.compile("N°")).click()
    film(page, "le-bureau")
    page.get_by_role("button", name="Accepter").click()
    expect(page.get_by_text(re.compile(r"est acceptée"))).to_be_visible()


def est_reserve(page: Page, inscription: Inscription, film: Callable) -> None:
    expect(planning(page, inscription)).to_have_accessible_name(re.compile("réservé", re.IGNORECASE))
    film(page, "reserve")


def test_du_clic_droit_a_la_case_reservee(page_de, dupont, agent, inscription, film):
    page = page_de(dupont.compte)
    planning(page, inscription).click(button="right")
    film(page, "le-menu")
    page.get_by_role("dialog").get_by_role("link", name="Demande de réservation").click()
    film(page, "la-demande")
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()
    film(page, "l-accuse")
    expect(planning(page, inscription)).to_have_accessible_name(re.compile("demande en attente", re.IGNORECASE))
    film(page, "en-attente")
    l_agent_accepte(page_de(agent), film)
    est_reserve(page, inscription, film)


def test_la_meme_chose_au_clavier_seul(page_de, dupont, agent, inscription, film):
    page = page_de(dupont.compte)
    planning(page, inscription).focus()
    page.keyboard.press("Enter")
    lien = page.get_by_role("dialog").get_by_role("link", name="Demande de réservation")
    expect(lien).to_be_visible()
    _jusqu_a(page, lien)
    page.keyboard.press("Enter")
    envoyer = page.get_by_role("button", name="Envoyer la demande")
    expect(envoyer).to_be_visible()
    _jusqu_a(page, envoyer)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()
    bureau = page_de(agent)
    bureau.goto(reverse("admin:demandes_demande_change", args=[Demande.objects.get().pk]))
    accepter = bureau.get_by_role("button", name="Accepter")
    _jusqu_a(bureau, accepter)
    film(bureau, "au-clavier")
    bureau.keyboard.press("Enter")
    expect(bureau.get_by_text(re.compile(r"est acceptée"))).to_be_visible()
    est_reserve(page, inscription, film)


def _jusqu_a(page: Page, cible: Locator) -> None:
    """Tab until it has the focus."""
    for _ in range(120):
        if cible.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {cible}")


@pytest.mark.parametrize(
    "options", [{"java_script_enabled": False}, TELEPHONE], ids=["sans-javascript", "320-au-doigt"]
)
def test_la_meme_chose_sans_javascript_et_au_doigt(options, page_de, dupont, agent, inscription, film):
    page = page_de(dupont.compte, **options)
    jour = reverse("planning:jour", args=[inscription.enfant_id, 2015, "04", 8])
    if options is TELEPHONE:
        page.goto(jour)
        page.get_by_role("link", name="Demande de réservation").tap()
    else:
        planning(page, inscription).click()
        page.get_by_role("link", name="Demande de réservation").first.click()
    film(page, "la-demande")
    champ(page, "Commentaire pour le centre").fill("Merci.")
    envoyer = page.get_by_role("button", name="Envoyer la demande")
    envoyer.tap() if options is TELEPHONE else envoyer.click()
    expect(page.get_by_role("heading", name="Votre demande est envoyée")).to_be_visible()
    film(page, "l-accuse")
    l_agent_accepte(page_de(agent), film)
    page.goto(jour)
    expect(page.locator(".detail__etat")).to_have_text(re.compile("réservé", re.IGNORECASE))
    film(page, "reserve")


def test_les_pages_d_une_demande_de_jours_sont_accessibles(page_de, dupont, inscription):
    page = page_de(dupont.compte, bypass_csp=True)
    formulaire = reverse("demandes:nouvelle_enfant", args=[inscription.enfant_id, "reservation"])
    page.goto(f"{formulaire}?inscription={inscription.pk}&jours=2015-04-08,2015-04-06,2015-04-29")
    assert violations(page) == []
    page.get_by_role("button", name="Envoyer la demande").click()
    page.goto(Demande.objects.get().get_absolute_url())
    assert violations(page) == []
    page.goto(f"{reverse('demandes:liste')}?onglet=mes-enfants")
    assert violations(page) == []


def test_le_bureau_d_une_demande_est_accessible(page_de, dupont, directrice, inscription):
    page = page_de(dupont.compte)
    formulaire = reverse("demandes:nouvelle_enfant", args=[inscription.enfant_id, "reservation"])
    page.goto(f"{formulaire}?inscription={inscription.pk}&jours=2015-04-08,2015-04-29")
    page.get_by_role("button", name="Envoyer la demande").click()
    bureau = page_de(directrice, bypass_csp=True)
    bureau.goto(reverse("admin:demandes_demande_change", args=[Demande.objects.get().pk]))
    assert violations(bureau, cibles=False) == []


@pytest.mark.lent
def test_les_formulaires_des_demandes_sont_accessibles_meme_avec_des_fautes(page_de, dupont):
    (lea,) = dupont.enfants
    page = page_de(dupont.compte, bypass_csp=True)
    for code in ("vaccins", "personnes-autorisees", "autorisations", "sanitaires"):
        page.goto(reverse("demandes:nouvelle_enfant", args=[lea.pk, code]))
        assert violations(page) == [], code
    for code in ("caf", "ajouter-enfant", "responsable"):
        page.goto(reverse("demandes:nouvelle", args=[code]))
        assert violations(page) == [], code
    champ(page, "Code postal").fill("3")
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_role("alert").first).to_contain_text("Un code postal compte 5 chiffres.")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("code", "nom", "valeur", "dit"),
    [("responsable", "employeur", "Biscuiterie", "Votre saisie a été gardée."), ("bancaires", "banque", "Poste", "")],
)
def test_une_demande_envoyee_trop_tard_n_est_pas_perdue_sans_un_mot(page_de, dupont, code, nom, valeur, dit):
    page = page_de(dupont.compte)
    adresse = reverse("demandes:nouvelle", args=[code])
    page.goto(adresse)
    page.locator(f"[name={nom}]").fill(valeur)
    page.context.clear_cookies(name="portail_session")
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_text("Vous avez été déconnecté." if dit else "n’est pas enregistré")).to_be_visible()
    entrer(page, "dupont")
    expect(page).to_have_url(re.compile(f"{adresse}$"))
    if dit:
        expect(page.get_by_text(dit)).to_be_visible()
        expect(page.locator(f"[name={nom}]")).to_have_value(valeur)
