"""Pages on paper, and with letters twice as large: nothing blank, nothing that overlaps, nothing beyond the edge."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Browser, BrowserType, Page
from pypdf import PdfReader

from bench.navigateur import ARGUMENTS, CHROMIUM
from planning.models import Inscription
from portail.peuplement.facturation import peupler_compte_du_guide
from tests.facturation.fabriques import RegieFactory
from tests.navigateur.conftest import FilDuServeur
from tests.planning.conftest import alsh, calendrier_2015, mercredi

__all__ = ["alsh", "calendrier_2015", "mercredi"]

UNE_FEUILLE = (
    "/releve/?annee=2014-2015",
    "/demandes/",
    "/enfants/",
    "/messages/",
    "/enfants/{enfant}/planning/2015/04/",
)
PAGES = (*UNE_FEUILLE, "/", "/mon-compte/", "/enfants/{enfant}/", "/enfants/{enfant}/planning/2015/04/reservation/")

DEPASSENT = """() => [...document.querySelectorAll("main *, footer *, header *")]
  .filter((e) => e.checkVisibility() && !e.closest(".visually-hidden, .demandes__cadre, .grille-mois, .sommaire"))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML.slice(0, 100))"""


@pytest.fixture(autouse=True)
def jeudi_2_avril() -> Iterator[None]:
    with time_machine.travel("2015-04-02T08:00:00+02:00", tick=True):
        yield


@pytest.fixture
def adresses(dupont, agent, mercredi) -> list[str]:
    (lea,) = dupont.enfants
    peupler_compte_du_guide(RegieFactory())
    Inscription.objects.inscrire(lea, mercredi, dupont.famille, du=date(2014, 9, 1), par=agent)
    return [adresse.format(enfant=lea.pk) for adresse in PAGES]


def feuilles(page: Page) -> list[str]:
    papier = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, format="A4")))
    return [feuille.extract_text().strip() for feuille in papier.pages]


def test_aucune_feuille_n_est_vide(page_de: Callable[..., Page], dupont, adresses):
    page = page_de(dupont.compte)
    for rang, adresse in enumerate(adresses):
        page.goto(adresse)
        lues = feuilles(page)
        assert all(len(texte) > 150 for texte in lues), (adresse, [len(texte) for texte in lues])
        assert len(lues) == 1 or rang >= len(UNE_FEUILLE), adresse


@pytest.fixture
def grandes_lettres(
    browser_type: BrowserType, serveur: FilDuServeur, adresse_du_portail: str, settings
) -> Iterator[Browser]:
    """A browser whose reader chose letters twice as large."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    reglage = "--blink-settings=defaultFontSize=32"
    navigateur = browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, reglage])
    yield navigateur
    navigateur.close()
    serveur.en_cours.attendre_le_calme()


def test_avec_des_lettres_deux_fois_plus_grandes_rien_ne_se_recouvre(
    grandes_lettres: Browser, dupont, adresses, adresse_du_portail: str
):
    client = Client()
    client.force_login(dupont.compte)
    fenetre = grandes_lettres.new_context(base_url=adresse_du_portail, viewport={"width": 320, "height": 640})
    fenetre.add_cookies([{"name": n, "value": t.value, "url": adresse_du_portail} for n, t in client.cookies.items()])
    page = fenetre.new_page()
    for adresse in adresses:
        page.goto(adresse)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, adresse
        assert page.evaluate(DEPASSENT) == [], adresse
        # The bar of the thumb would take a third of the screen: it lies at its place, over nothing.
        assert page.locator(".navigation__pouce").evaluate("e => getComputedStyle(e).position") == "static"
