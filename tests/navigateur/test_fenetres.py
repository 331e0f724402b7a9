"""A window that comes back to another test is as a new one, though its tab is the same."""

import pytest
from playwright.sync_api import Page

from tests.navigateur.conftest import FilDuServeur

CE_QU_ELLE_MONTRE = """() => [
  sessionStorage.length, localStorage.length, document.cookie, history.length, innerWidth,
  matchMedia("(prefers-color-scheme: dark)").matches, matchMedia("(prefers-reduced-motion: reduce)").matches,
  document.querySelectorAll("#contenu:hover").length,
]"""
MENTIONS = "/mentions-legales/"
A_GARDER = "addEventListener('beforeunload', (evenement) => evenement.preventDefault())"


def _rendre_en_desordre(page: Page) -> None:
    """What a test may leave behind it, to the question of a page where something is not saved."""
    page.goto("/connexion/")
    page.goto(MENTIONS)
    page.evaluate("sessionStorage.a = localStorage.a = 1; document.cookie = 'a=1'")
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark", reduced_motion="no-preference")
    page.locator("#contenu").click(position={"x": 5, "y": 100})
    page.evaluate(A_GARDER)
    page.route("**/connexion/", lambda requete: requete.abort())
    page.context.new_page().goto(MENTIONS)


@pytest.mark.parametrize("javascript", [True, False], ids=["avec JavaScript", "sans JavaScript"])
def test_rien_n_y_reste_d_un_autre_essai(javascript: bool, ouvrir, fenetres, serveur: FilDuServeur):
    neuve = ouvrir(java_script_enabled=javascript)
    neuve.goto(MENTIONS)
    attendu = neuve.evaluate(CE_QU_ELLE_MONTRE)
    fenetres.reprendre()

    desordre = fenetres.preter(java_script_enabled=javascript)
    _rendre_en_desordre(desordre)
    assert desordre.evaluate(CE_QU_ELLE_MONTRE) != attendu
    fenetres.reprendre()

    rendue = fenetres.preter(java_script_enabled=javascript)
    assert (rendue, rendue.url, rendue.context.pages) == (desordre, "about:blank", [desordre])
    rendue.goto(MENTIONS)
    assert rendue.evaluate(CE_QU_ELLE_MONTRE) == attendu
    assert rendue.goto("/connexion/").status == 200
