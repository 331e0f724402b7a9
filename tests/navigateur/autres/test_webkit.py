"""The parents' walk in WebKit, the engine of iPhones and of Safari. `bin/test --complet` only: see bin/setup."""

from collections.abc import Iterator
from datetime import date

import pytest
from selenium.webdriver.common.keys import Keys

from tests.fabriques import MOT_DE_PASSE
from tests.navigateur.autres.webkit import INSTALLE, Webkit, webkit
from tests.navigateur.conftest import FilDuServeur

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not INSTALLE, reason="webkit2gtk-driver, xvfb: bin/setup --complet"),
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),  # Selenium warns of itself
]

RESERVER = 'dialog[open] a[href*="/demandes/"][href*="reservation"]'
LE_9 = '.grille-mois a[href^="9/"]'


@pytest.fixture
def safari(serveur: FilDuServeur, settings) -> Iterator[Webkit]:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    with webkit() as fenetre:
        yield fenetre
    serveur.en_cours.attendre_le_calme()


@pytest.fixture
def mois(safari, adresse_du_portail, dupont, inscription) -> str:
    """Jean has come in, and looks at April."""
    safari.aller(f"{adresse_du_portail}/connexion/")
    safari.taper("[name=username]", dupont.compte.identifiant)
    safari.taper("[name=password]", MOT_DE_PASSE)
    safari.cliquer("main form button[type=submit]")
    safari.attendre_la_page("/")
    mois = f"{adresse_du_portail}/enfants/{inscription.enfant_id}/planning/2015/04/"
    safari.aller(mois)
    return mois


def test_un_parent_reserve_par_le_menu_et_lit_son_releve(safari, mois, adresse_du_portail, inscription):
    case = safari.appuyer(Keys.ENTER, LE_9)
    safari.trouver(RESERVER)
    assert "jeudi 9 avril" in safari.trouver("dialog[open]").text.lower()
    safari.appuyer(Keys.ESCAPE, RESERVER)
    assert not safari.dire("return document.querySelector('dialog[open]')")
    assert safari.dire("return document.activeElement === arguments[0]", case)

    safari.appuyer(Keys.ENTER, LE_9)
    safari.appuyer(Keys.ENTER, RESERVER)
    safari.attendre_la_page(r".*/reservation/")
    safari.appuyer(Keys.ENTER, "main form.formulaire .btn-primary[type=submit]")
    safari.attendre_la_page(r"/demandes/\d+/.*")
    assert inscription.reservations.get().jour == date(2015, 4, 9)

    safari.aller(f"{adresse_du_portail}/releve/?annee=2014-2015")
    assert "AL-36" in safari.trouver("main").text
    assert "120,60" in safari.trouver("main").text


def test_plusieurs_jours_se_choisissent_et_rien_ne_se_surligne(safari, mois):
    case = safari.appuyer(Keys.SPACE, '.grille-mois a[href^="22/"]')
    assert "jour choisi" in safari.trouver("#barre-choix").text
    assert safari.dire("return getComputedStyle(arguments[0]).webkitUserSelect", case) == "none"
