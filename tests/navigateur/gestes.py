"""What a reader's hands do: fill a field by its label, come in, go out."""

import re

from playwright.sync_api import Locator, Page

from tests.fabriques import MOT_DE_PASSE


def champ(page: Page, libelle: str) -> Locator:
    """The field of that label, which may end with the mark of a required field."""
    return page.get_by_label(re.compile(rf"^\s*{re.escape(libelle)}\W*$"))


def entrer(page: Page, identifiant: str, mot_de_passe: str = MOT_DE_PASSE) -> None:
    """From the page of the door."""
    champ(page, "Identifiant").fill(identifiant)
    champ(page, "Mot de passe").fill(mot_de_passe)
    page.get_by_role("button", name="Se connecter").click()


def sortir(page: Page) -> None:
    page.get_by_role("navigation", name="Navigation principale").get_by_role("button", name="Déconnexion").click()
