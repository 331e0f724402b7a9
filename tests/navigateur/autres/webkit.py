"""WebKit as Debian has it, the engine of Safari: its small browser, on a screen that nobody sees."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

PILOTE, ECRAN = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
NAVIGATEUR = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
INSTALLE = None not in (PILOTE, ECRAN, NAVIGATEUR)
PATIENCE = 30  # seconds


class Webkit:
    """A window of it, driven by what a walk needs."""

    def __init__(self, pilote: webdriver.WebKitGTK) -> None:
        self.pilote = pilote

    def aller(self, adresse: str) -> None:
        self.pilote.get(adresse)

    def trouver(self, selecteur: str) -> WebElement:
        """The first that shows, once there is one."""

        def visible(pilote: webdriver.WebKitGTK) -> WebElement | None:
            trouves = pilote.find_elements(By.CSS_SELECTOR, selecteur)
            return next((element for element in trouves if element.is_displayed()), None)

        return WebDriverWait(self.pilote, PATIENCE).until(visible, selecteur)

    def cliquer(self, selecteur: str) -> None:
        self.trouver(selecteur).click()

    def appuyer(self, touches: str, sur: str) -> WebElement:
        """Keys, on what has the focus: in this browser, a driver's mouse does not reach a cell of the month."""
        element = self.trouver(sur)
        self.dire("arguments[0].focus()", element)
        ActionChains(self.pilote).send_keys(touches).perform()
        return element

    def taper(self, selecteur: str, texte: str) -> None:
        self.trouver(selecteur).send_keys(texte)

    def attendre_la_page(self, chemin: str) -> None:
        """A regular expression that the whole path matches."""
        WebDriverWait(self.pilote, PATIENCE).until(
            lambda pilote: re.fullmatch(chemin, urlsplit(pilote.current_url).path), chemin
        )

    def dire(self, script: str, *arguments: object) -> object:
        return self.pilote.execute_script(script, *arguments)


@contextmanager
def webkit() -> Iterator[Webkit]:
    commande = [str(ECRAN), "-displayfd", "1", "-screen", "0", "1280x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(commande, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as ecran:
        try:
            assert ecran.stdout is not None
            options = Options()
            options.binary_location = str(NAVIGATEUR)
            options.add_argument("--automation")
            options.add_argument("--geometry=1280x1200")
            ou = {"DISPLAY": f":{ecran.stdout.readline().strip()}"}
            pilote = webdriver.WebKitGTK(options=options, service=Service(executable_path=str(PILOTE), env=ou))
            try:
                yield Webkit(pilote)
            finally:
                pilote.quit()
        finally:
            ecran.terminate()
