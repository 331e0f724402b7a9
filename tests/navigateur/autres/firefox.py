"""Firefox as Debian has it, and the few commands of WebDriver BiDi that a walk needs. It speaks it by itself.

Playwright's own client asks for more than this Firefox knows, and Selenium wants geckodriver, which Debian has not.
"""

import base64
import itertools
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from websockets.sync.client import connect

FIREFOX = shutil.which("firefox-esr")
PATIENCE = 30  # seconds
# Nothing but our pages: no update, no first-run page, no telemetry.
REGLAGES = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.accept_languages": "fr-FR",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Firefox:
    """A window of Firefox. `javascript=False`: as whoever has turned scripts off."""

    def __init__(self, profil: Path, *, javascript: bool = True) -> None:
        self.profil, self.javascript = profil, javascript
        self.numeros = itertools.count(1)
        reglages = {**REGLAGES, "javascript.enabled": javascript}
        lignes = (f"user_pref({json.dumps(nom)}, {json.dumps(valeur)});\n" for nom, valeur in reglages.items())
        (profil / "user.js").write_text("".join(lignes))

    def __enter__(self) -> Self:
        with ExitStack() as pile:
            commande = [str(FIREFOX), "--headless", "--no-remote", "--remote-debugging-port=0", "--profile"]
            commande.append(str(self.profil))
            processus = subprocess.Popen(commande, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            pile.enter_context(processus)
            pile.callback(processus.terminate)
            self.prise = pile.enter_context(connect(f"{_ecoute(processus)}/session", max_size=None))
            self.demander("session.new", capabilities={})
            (onglet,) = self.demander("browsingContext.getTree")["contexts"]
            self.onglet = onglet["context"]
            # As high as the longest page: what one clicks is always in sight.
            self.demander("browsingContext.setViewport", viewport={"width": 1280, "height": 4000}, **self._ici)
            self.a_fermer = pile.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.a_fermer.close()

    def aller(self, adresse: str) -> None:
        self.demander("browsingContext.navigate", url=adresse, wait="complete", **self._ici)

    def trouver(self, selecteur: str) -> list[dict]:
        lieu = {"type": "css", "value": selecteur}
        return self.demander("browsingContext.locateNodes", locator=lieu, **self._ici)["nodes"]

    def cliquer(self, selecteur: str) -> None:
        element = {"type": "element", "element": {"sharedId": self._attendre_un(selecteur)["sharedId"]}}
        gestes = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": element},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._agir({"type": "pointer", "id": "souris", "actions": gestes})

    def taper(self, selecteur: str, texte: str) -> None:
        self.cliquer(selecteur)
        touches = [{"type": touche, "value": lettre} for lettre in texte for touche in ("keyDown", "keyUp")]
        self._agir({"type": "key", "id": "clavier", "actions": touches})

    def attendre(self, condition: Callable[[], object]) -> None:
        limite = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < limite, f"Firefox stays at {self.adresse}"
            time.sleep(0.1)

    def attendre_la_page(self, chemin: str) -> None:
        """A regular expression that the whole path matches, once the page has come."""
        self.attendre(lambda: re.fullmatch(chemin, urlsplit(self.adresse).path))

    @property
    def adresse(self) -> str:
        return self.demander("browsingContext.getTree")["contexts"][0]["url"]

    def imprimer(self) -> bytes:
        """The page as a PDF, on A4, turned as its style asks for."""
        a4 = {"width": 21.0, "height": 29.7}
        return base64.b64decode(self.demander("browsingContext.print", page=a4, **self._ici)["data"])

    def demander(self, methode: str, **parametres: object) -> dict:
        numero = next(self.numeros)
        self.prise.send(json.dumps({"id": numero, "method": methode, "params": parametres}))
        while True:
            reponse = json.loads(self.prise.recv(PATIENCE))
            if reponse.get("id") == numero:
                assert reponse["type"] == "success", reponse
                return reponse["result"]

    @property
    def _ici(self) -> dict[str, str]:
        return {"context": self.onglet}

    def _agir(self, source: dict) -> None:
        self.demander("input.performActions", actions=[source], **self._ici)

    def _attendre_un(self, selecteur: str) -> dict:
        self.attendre(lambda: self.trouver(selecteur))
        return self.trouver(selecteur)[0]


def _ecoute(processus: subprocess.Popen[str]) -> str:
    """Where it says that it listens."""
    assert processus.stderr is not None
    dit = ""
    for ligne in processus.stderr:
        dit += ligne
        if adresse := re.search(r"ws://\S+", ligne):
            return adresse[0]
    raise AssertionError(f"Firefox stopped and said:\n{dit}")
