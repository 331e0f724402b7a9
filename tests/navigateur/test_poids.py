"""What a page weighs for whoever comes for the first time, with the static files as production serves them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Page

from bench.navigateur import visiter
from tests.adresses import ADRESSES, LIEN, Adresse, Troupe
from tests.navigateur.conftest import FilDuServeur

PAGES_PUBLIQUES = [a for a in ADRESSES if a.est_une_page and a.visiteur in {200, LIEN} and a.nom != "sante"]
PAGES_DES_PARENTS = [a for a in ADRESSES if a.est_une_page and a.dupont == 200 and a.visiteur != 200]
REQUETES_MAX, KIO_MAX = 8, 120
EN_PRODUCTION = {
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "portail.statiques.reserve.StatiquesScelles"},
    },
    "WHITENOISE_AUTOREFRESH": False,
}


@pytest.fixture(scope="module")
def statiques(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What `collectstatic` makes of ours; the agents' pages are not looked at here."""
    dossier = tmp_path_factory.mktemp("static")
    with override_settings(**EN_PRODUCTION, STATIC_ROOT=dossier):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin/*"])
        yield dossier


@pytest.fixture
def production(serveur: FilDuServeur, statiques: Path) -> Iterator[str]:
    """The address of a portal that serves them itself, as gunicorn does."""
    fil = FilDuServeur(connections["default"], lambda application: application)
    fil.start()
    fil.is_ready.wait()
    if fil.error:
        raise fil.error
    yield f"http://127.0.0.1:{fil.port}"
    fil.en_cours.attendre_le_calme()
    fil.terminate()


def _trop_lourdes(page: Page, production: str, adresses: list[Adresse], troupe: Troupe) -> dict[str, tuple[int, int]]:
    visites = {adresse.nom: visiter(page, production + adresse.chemin(troupe)) for adresse in adresses}
    assert len(visites) > 5
    return {
        nom: (visite.requetes, round(visite.kio))
        for nom, visite in visites.items()
        if visite.requetes > REQUETES_MAX or visite.kio > KIO_MAX
    }


@pytest.mark.lent
def test_une_page_publique_est_legere(page_de: Callable[..., Page], troupe: Troupe, production: str):
    assert _trop_lourdes(page_de(None), production, PAGES_PUBLIQUES, troupe) == {}


@pytest.mark.lent
def test_une_page_de_parent_est_legere(page_de: Callable[..., Page], troupe: Troupe, production: str):
    assert _trop_lourdes(page_de(troupe.dupont.compte), production, PAGES_DES_PARENTS, troupe) == {}


def test_un_fichier_garde_par_le_navigateur_n_en_demande_que_de_tels(statiques: Path):
    """In a month's script: an import by its bare name would be the former version's, or two of the same module."""
    (script,) = (statiques / "js").glob("planning.*.js")
    importes = re.findall(r'from "(\./[^"]+)"', script.read_text())
    assert len(importes) == 3
    assert all(re.fullmatch(r"\./planning/[a-z]+\.[0-9a-f]{12}\.js", nom) for nom in importes)
