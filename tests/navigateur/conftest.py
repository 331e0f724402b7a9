"""A real Chromium on a real server, which share the test's transaction: nothing to flush, the cast is there."""

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

from bench.navigateur import ARGUMENTS, CHROMIUM
from famille.models import Compte
from tests.adresses import Troupe

# Playwright keeps an event loop in this thread, where Django would then refuse to touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

DELAI = 30_000  # ms: a busy machine is not a broken page
# How a window looks at pages unless a test says otherwise.
REGARD = {"color_scheme": "light", "reduced_motion": "reduce"}


class ServeurDeTransaction(ThreadedWSGIServer):
    """Serves from the connection of the test, so never closes it."""

    def _close_connections(self) -> None:
        pass


class EnCours:
    """How many requests the server is answering: the test may not end before them.

    Its own only: those of a test's `Client` send Django's signals too, and one whose file is not read never ends.
    """

    def __init__(self) -> None:
        self._nombre = 0
        self._calme = threading.Condition()

    def commencer(self) -> None:
        with self._calme:
            self._nombre += 1

    def finir(self) -> None:
        with self._calme:
            self._nombre -= 1
            self._calme.notify_all()

    def attendre_le_calme(self) -> None:
        with self._calme:
            assert self._calme.wait_for(lambda: self._nombre == 0, timeout=DELAI / 1000)


class Comptees:
    """The portal as the server calls it: what is being answered is counted, to the last byte."""

    def __init__(self, application: Callable, en_cours: EnCours) -> None:
        self._application, self._en_cours = application, en_cours

    def __call__(self, environ: dict, start_response: Callable) -> Iterator[bytes]:
        self._en_cours.commencer()
        try:
            reponse = self._application(environ, start_response)
            try:
                yield from reponse
            finally:
                reponse.close()
        finally:
            self._en_cours.finir()


class FichiersGardes(StaticFilesHandler):
    """Style sheets and scripts do not change while tests run: the browser keeps them, whatever day a test lives in."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        reponse = super().serve(request)
        reponse["Cache-Control"] = f"max-age={10**9}, immutable"
        return reponse


class FilDuServeur(LiveServerThread):
    """The portal in a thread, on the test's connection."""

    server_class = ServeurDeTransaction

    def __init__(self, connexion: BaseDatabaseWrapper, fichiers: Callable = FichiersGardes) -> None:
        self.en_cours = EnCours()
        super().__init__(
            "127.0.0.1",
            lambda application: Comptees(fichiers(application), self.en_cours),
            connections_override={"default": connexion},
        )
        self.daemon = True


@pytest.fixture(scope="session")
def serveur(django_db_setup, django_db_blocker) -> Iterator[FilDuServeur]:
    """The portal, for the whole session."""
    connexion = connections["default"]
    connexion.inc_thread_sharing()
    with pytest.MonkeyPatch.context() as retouche:
        # Between two requests, Django closes a connection that it finds in the middle of a transaction: ours always is.
        retouche.setattr(connexion, "close_if_unusable_or_obsolete", lambda: None)
        fil = FilDuServeur(connexion)
        with django_db_blocker.unblock():
            fil.start()
            fil.is_ready.wait()
        if fil.error:
            raise fil.error
        yield fil
        fil.terminate()
    connexion.dec_thread_sharing()


@pytest.fixture(scope="session")
def adresse_du_portail(serveur: FilDuServeur) -> str:
    return f"http://127.0.0.1:{serveur.port}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture
def troupe(dupont, martin, nouveau, agent, agent_sans_droit) -> Troupe:
    return Troupe(dupont, martin, nouveau, agent, agent_sans_droit)


@pytest.fixture
def plaintes() -> list[str]:
    """What the browser complains of: script errors, refusals of the security policy, missing files."""
    return []


class Fenetres:
    """Browser windows, lent to a test and taken back empty: what they keep is the style sheets and the scripts.

    Each keeps its tab too, blank: one that is opened is a process that starts, half of what a test costs.
    """

    def __init__(self, navigateur: Browser, adresse: str) -> None:
        self.navigateur = navigateur
        self.adresse = adresse
        self._libres: dict[str, list[Page]] = {}
        self._pretees: list[tuple[str, Page]] = []

    def preter(self, **options: object) -> Page:
        """The tab of a window of those options, which no test has at the moment."""
        options = {"viewport": {"width": 1280, "height": 800}, **options}
        sorte = json.dumps(options, sort_keys=True)
        libres = self._libres.setdefault(sorte, [])
        onglet = libres.pop() if libres else self._nouvelle(options).new_page()
        self._pretees.append((sorte, onglet))
        return onglet

    def reprendre(self) -> None:
        """All that are lent."""
        while self._pretees:
            sorte, onglet = self._pretees.pop()
            self._vider(onglet)
            self._regarder_comme_au_debut(onglet, json.loads(sorte))
            self._libres[sorte].append(onglet)

    def _nouvelle(self, options: Mapping[str, object]) -> BrowserContext:
        fenetre = self.navigateur.new_context(
            base_url=self.adresse, locale="fr-FR", timezone_id="Europe/Paris", **{**REGARD, **options}
        )
        fenetre.set_default_timeout(DELAI)
        return fenetre

    def _vider(self, onglet: Page) -> None:
        """Neither cookies, nor what a script stored, nor a page, nor a way back to one."""
        fenetre = onglet.context
        for autre in fenetre.pages:
            if autre is not onglet:
                autre.close()
        if onglet.url.startswith(self.adresse):
            onglet.evaluate("sessionStorage.clear()")
        # A page where something is not saved yet asks whether one means to leave.
        onglet.on("dialog", _accepter)
        onglet.goto("about:blank")
        onglet.remove_listener("dialog", _accepter)
        outils = fenetre.new_cdp_session(onglet)
        outils.send("Storage.clearDataForOrigin", {"origin": self.adresse, "storageTypes": "all"})
        outils.send("Page.resetNavigationHistory")
        outils.detach()
        onglet.unroute_all()
        fenetre.clear_cookies()
        fenetre.clear_permissions()
        fenetre.unroute_all()

    def _regarder_comme_au_debut(self, onglet: Page, options: Mapping[str, object]) -> None:
        """Of the size that was asked for, in the colours of the day, the pointer outside."""
        onglet.set_viewport_size(options["viewport"])
        onglet.emulate_media(**REGARD)
        onglet.mouse.move(-1, -1)


def _accepter(question: Dialog) -> None:
    question.accept()


@pytest.fixture(scope="session")
def fenetres(browser: Browser, adresse_du_portail: str) -> Fenetres:
    return Fenetres(browser, adresse_du_portail)


@pytest.fixture
def ouvrir(
    fenetres: Fenetres, serveur: FilDuServeur, settings, db, plaintes: list[str]
) -> Iterator[Callable[..., Page]]:
    """A browser window on the portal, empty; the test fails if the browser complains of anything."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]

    ouvertes = []

    def ouvrir(**options) -> Page:
        page = fenetres.preter(**options)
        ecoutes = {
            "console": lambda message: _noter(message, page, plaintes),
            "pageerror": lambda erreur: plaintes.append(str(erreur)),
        }
        for quoi, ecoute in ecoutes.items():
            page.on(quoi, ecoute)
        ouvertes.append((page, ecoutes))
        return page

    yield ouvrir
    fenetres.reprendre()
    for page, ecoutes in ouvertes:
        for quoi, ecoute in ecoutes.items():
            page.remove_listener(quoi, ecoute)
    serveur.en_cours.attendre_le_calme()
    assert plaintes == []


def _noter(message: ConsoleMessage, page: Page, plaintes: list[str]) -> None:
    """An error page is no complaint: the browser says the status of the page itself as if a file were missing."""
    est_la_page = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
    if message.type in {"error", "warning"} and not est_la_page:
        plaintes.append(f"{message.text} ({message.location['url']})")


@pytest.fixture
def page_de(ouvrir: Callable[..., Page], adresse_du_portail: str) -> Callable[..., Page]:
    """`page_de(compte)`: a window in which that account has come in; `page_de(None)`: a visitor's."""

    def page_de(compte: Compte | None, **options) -> Page:
        page = ouvrir(**options)
        if compte is not None:
            client = Client()
            client.force_login(compte)
            temoins = [{"name": nom, "value": temoin.value} for nom, temoin in client.cookies.items()]
            page.context.add_cookies([{**temoin, "url": adresse_du_portail} for temoin in temoins])
        return page

    return page_de
