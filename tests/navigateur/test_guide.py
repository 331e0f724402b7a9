"""The guide itself: Jean DUPONT's first evening on the portal, from the courrier to the town's website."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from messagerie.models import Fil
from planning.models import Inscription
from portail.peuplement.facturation import peupler_compte_du_guide
from tests.distribution import Foyer
from tests.facturation.fabriques import RegieFactory
from tests.navigateur.gestes import champ, entrer, sortir
from tests.planning.conftest import alsh, calendrier_2015, mercredi

__all__ = ["alsh", "calendrier_2015", "mercredi"]

PROVISOIRE, CHOISI = "Provisoire1", "Bonbons2015"
SITE = "https://www.plombieres-les-dijon.example/"
PATIENCE = 20_000  # ms: the Treasury answers when it can


@pytest.fixture(autouse=True)
def jeudi_9_avril_2015() -> Iterator[None]:
    # The day after the guide's invoice. The clock runs: a browser that waits would wait for ever otherwise.
    with time_machine.travel("2015-04-09T20:00:00+02:00", tick=True):
        yield


@pytest.fixture
def famille(dupont: Foyer, mercredi, agent, django_capture_on_commit_callbacks) -> Foyer:
    """The DUPONTs as the guide shows them: Léa's Wednesdays, their invoices, one message, a temporary password."""
    (lea,) = dupont.enfants
    Inscription.objects.inscrire(lea, mercredi, dupont.famille, du="2014-09-01", par=agent)
    with django_capture_on_commit_callbacks(execute=True):  # the invoices' papers are made
        peupler_compte_du_guide(RegieFactory())
    Fil.ecrire_a(dupont.famille, "Sortie au lac", "Pensez au pique-nique de Léa.", agent)
    dupont.compte.rendre_provisoire(PROVISOIRE)
    return dupont


@pytest.fixture
def page(ouvrir: Callable[..., Page], famille, settings, adresse_du_portail: str) -> Page:
    """A window of Jean's; the town's website is one page long."""
    settings.PORTAIL_ADRESSE, settings.TIPI_FACTICE_RETARD = adresse_du_portail, 2
    settings.COMMUNE_SITE = SITE
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {**directives, "form-action": [*directives["form-action"], SITE.rstrip("/")]}
    }
    page = ouvrir()
    page.context.route(f"{SITE}**", _site_de_la_commune)
    return page


def _site_de_la_commune(route: Route) -> None:
    accueil = "<!doctype html><html lang='fr'><link rel='icon' href='data:,'><h1>Mairie de Plombières-lès-Dijon</h1>"
    route.fulfill(status=200, content_type="text/html; charset=utf-8", body=accueil)


@pytest.mark.lent
def test_tout_le_guide(page: Page, famille: Foyer, django_capture_on_commit_callbacks):
    se_connecter_la_premiere_fois(page)
    lire_l_accueil(page)
    demander_un_changement(page)
    demander_un_changement_pour_lea(page)
    reserver_au_clic_droit(page)
    lire_et_imprimer(page)
    with django_capture_on_commit_callbacks(execute=True):
        payer(page)
    lire_et_ecrire(page)
    suivre_ses_demandes(page)
    sortir(page)
    expect(page).to_have_url(SITE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mairie de Plombières-lès-Dijon")


def test_chaque_image_des_guides_existe_et_sert():
    documentation = Path(settings.BASE_DIR) / "docs"
    guides = [documentation / "guide-parent.md", documentation / "guide-agent.md"]
    montrees = [image for guide in guides for image in re.findall(r"images/([\w-]+\.png)", guide.read_text())]
    assert sorted(montrees) == sorted(image.name for image in documentation.glob("images/*.png"))


def se_connecter_la_premiere_fois(page: Page) -> None:
    page.goto("/")
    titre(page, "Compte famille")
    entrer(page, "dupont", PROVISOIRE)
    titre(page, "Choisissez votre mot de passe")
    champ(page, "Mot de passe actuel").fill(PROVISOIRE)
    champ(page, "Nouveau mot de passe").fill(CHOISI)
    champ(page, "Le même, une seconde fois").fill(CHOISI)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Votre nouveau mot de passe est enregistré.")).to_be_visible()


def lire_l_accueil(page: Page) -> None:
    titre(page, "Bonjour Jean")
    expect(page.get_by_role("banner")).to_contain_text(
        "Bienvenue JEAN DUPONT, vous avez 1\N{NO-BREAK SPACE}nouveau message"
    )
    expect(page.get_by_role("banner")).to_contain_text("jeudi 9 avril 2015", ignore_case=True)
    impayees = page.get_by_role("region", name="Facture impayée")
    expect(impayees).to_contain_text(re.compile(r"AL-36.*120,60\s€", re.DOTALL))
    expect(impayees.get_by_role("link", name="Payer la facture AL-36 en ligne")).to_be_visible()
    page.get_by_role("link", name="Toutes les informations").click()
    titre(page, "Infos/Documents")
    page.get_by_role("main").get_by_role("link", name="Formulaires").click()
    titre(page, "Formulaires")


def demander_un_changement(page: Page) -> None:
    onglet(page, "Mon compte")
    expect(page.get_by_role("main")).to_contain_text("12 RUE DES BONBONS")
    page.get_by_role("link", name="Modifier : Mon compte").click()
    champ(page, "Mobile").fill("06 01 02 03 04")
    envoyer_la_demande(page)
    onglet(page, "Mon compte")
    expect(page.get_by_role("main")).not_to_contain_text("06 01 02 03 04")  # not before the centre accepts


def demander_un_changement_pour_lea(page: Page) -> None:
    onglet(page, "Mes enfants")
    page.get_by_role("link", name=re.compile("Voir sa fiche.*Léa")).click()
    page.get_by_role("link", name="Modifier : Régime alimentaire").click()
    champ(page, "Régime alimentaire").select_option("Sans porc")
    envoyer_la_demande(page)


def reserver_au_clic_droit(page: Page) -> None:
    ouvrir_mai(page)
    le_20 = page.get_by_role("link", name=re.compile(r"^ALSH Mercredi journée, mercredi 20 mai", re.IGNORECASE))
    le_20.click(button="right")
    page.get_by_role("dialog", name="Détail du jour").get_by_role("link", name="Demande de réservation").click()
    envoyer_la_demande(page)
    ouvrir_mai(page)
    expect(le_20).to_have_accessible_name(re.compile("demande en attente", re.IGNORECASE))


def ouvrir_mai(page: Page) -> None:
    onglet(page, "Mes enfants")
    page.get_by_role("link", name=re.compile("Voir son planning.*Léa")).click()
    page.get_by_role("link", name=re.compile("Mois suivant")).click()


def lire_et_imprimer(page: Page) -> None:
    onglet(page, "Relevé de compte")
    solde = page.locator(".releve__solde")
    expect(solde).to_contain_text(re.compile(r"120,60\s€"))
    expect(page.get_by_role("table", name="Relevé des opérations, 2014-2015")).to_contain_text("AL-228")
    papier = page.get_by_role("link", name="Facture AL-36 en PDF").first.get_attribute("href")
    for adresse in (papier, page.get_by_role("link", name="Relevé en PDF").get_attribute("href")):
        reponse = page.request.get(adresse)
        assert (reponse.headers["content-type"], reponse.body()[:5]) == ("application/pdf", b"%PDF-")


def payer(page: Page) -> None:
    page.get_by_role("link", name="Payer la facture AL-36 en ligne").first.click()
    expect(champ(page, "Adresse e-mail du reçu")).to_have_value("jean.dupont@wanadoo.fr")
    page.get_by_role("button", name=re.compile("^Payer 120,60")).click()
    page.get_by_role("button", name="Payer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paiement confirmé", timeout=PATIENCE)
    onglet(page, "Relevé de compte")
    expect(page.locator(".releve__solde")).to_contain_text(re.compile(r"\D0,00\s€"))


def lire_et_ecrire(page: Page) -> None:
    onglet(page, "Boîte de réception")
    page.get_by_role("link", name="Sortie au lac").click()
    expect(page.get_by_role("main")).to_contain_text("Pensez au pique-nique de Léa.")
    champ(page, "Votre message").fill("C’est noté, merci.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("main")).to_contain_text("C’est noté, merci.")
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("link", name="Supprimés").click()
    expect(page.get_by_role("link", name="Sortie au lac")).to_be_visible()


def suivre_ses_demandes(page: Page) -> None:
    onglet(page, "Liste des demandes")
    onglets = page.get_by_role("navigation", name="Demandes", exact=True)
    onglets.get_by_role("link", name="Mon compte").click()
    expect(page.get_by_role("main")).to_contain_text("06 01 02 03 04")
    onglets.get_by_role("link", name="Mes enfants").click()
    expect(page.get_by_role("link", name=re.compile("^N° .*Régime alimentaire"))).to_be_visible()


def envoyer_la_demande(page: Page) -> None:
    page.get_by_role("button", name="Envoyer la demande").click()
    titre(page, "Votre demande est envoyée")


def onglet(page: Page, nom: str) -> None:
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name=nom).click()


def titre(page: Page, attendu: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(attendu)
