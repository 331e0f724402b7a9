"""Papers drawn together: each as if it were alone, none on another's page, and for fewer steps than before."""

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from pypdf import PdfReader

from facturation.models import DocumentFacture, Facture
from facturation.papiers import rendu
from facturation.papiers.facture import imprimer_facture, imprimer_factures
from facturation.papiers.rendu import rendre
from socle.impression import Feuille, _partager, imprimer_lot
from tests.facturation import fabriques

# Calls of functions, Python's and C's, for the guide's invoice: on Python 3.11 and WeasyPrint 70, 10 % may be added.
APPELS, MARGE = {1: 260_000, 10: 218_000}, 1.10


@pytest.fixture
def trois(regie, dupont, martin) -> list[Facture]:
    """Two familles; the second invoice is of two pages."""
    factures = [
        fabriques.facture(regie, qui.famille, "10.00", date(2015, mois, 1), date(2015, mois, 28))
        for mois, qui in enumerate([dupont, martin, dupont], start=1)
    ]
    factures[1]._prefetched_objects_cache = {"lignes": [factures[1].lignes.get()] * 30}
    return factures


def test_ensemble_ou_seule_une_facture_est_la_meme_a_l_octet_pres(trois):
    assert imprimer_factures(trois) == [imprimer_facture(facture) for facture in trois]


def test_chacune_a_ses_pages_numerotees_de_un_et_aucune_autre(trois, dupont, martin):
    textes = [[page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages] for pdf in imprimer_factures(trois)]
    assert [[page.split()[-1] for page in pages] for pages in textes] == [["1"], ["1", "2"], ["1"]]
    for facture, qui, pages in zip(trois, [dupont, martin, dupont], textes, strict=True):
        assert f"Facture {facture.reference}" in pages[0]
        assert {autre.reference for autre in trois if any(f"Facture {autre.reference}" in page for page in pages)} == {
            facture.reference
        }
        assert qui.famille.numero in pages[0]


class UnePage:
    def __init__(self, *adresses: str) -> None:
        self.anchors = dict.fromkeys(adresses)


@pytest.mark.parametrize(
    "pages",
    [
        [UnePage("papier-0", "papier-1")],
        [UnePage("papier-0")],
        [UnePage("papier-1"), UnePage("papier-0")],
        [UnePage("papier-0"), UnePage(), UnePage("papier-1"), UnePage("papier-2")],
        [UnePage("papier-0", "papier-1"), UnePage("papier-1")],
        [UnePage(), UnePage("papier-0"), UnePage("papier-1")],
        [],
    ],
)
def test_des_pages_qu_on_ne_sait_a_qui_donner_ne_vont_a_personne(pages):
    with pytest.raises(ValueError, match="2 papers"):
        _partager(pages, 2)


def test_aucun_papier_aucun_pdf():
    assert imprimer_lot([], Feuille.OPERATIONS) == []


def test_une_panne_en_rangeant_ne_laisse_pas_de_fichier_sans_ligne(trois, monkeypatch):
    ranger = rendu._ranger

    def tomber(facture: Facture, contenu: bytes) -> bool:
        if facture == trois[2]:
            raise OSError("disk")
        return ranger(facture, contenu)

    monkeypatch.setattr(rendu, "_ranger", tomber)
    assert rendre([facture.pk for facture in trois]) == 2
    gardes = DocumentFacture.objects.filter(facture__in=trois).values_list("fichier", flat=True)
    rangees = {f"{f.date:%Y/%m}" for f in trois}
    fichiers = {f"factures/{mois}/{nom}" for mois in rangees for nom in default_storage.listdir(f"factures/{mois}")[1]}
    assert fichiers == set(gardes)


@pytest.mark.parametrize("nombre", [1, 10])
def test_une_facture_ne_coute_pas_plus_d_appels_qu_il_n_en_faut(facture, nombre):
    """Not a timing: the same number at each run, on any machine. Warm: what is read once a process is not counted."""
    factures = [facture] * nombre
    imprimer_factures(factures)
    assert compter_les_appels(lambda: imprimer_factures(factures)) / nombre <= APPELS[nombre] * MARGE


def compter_les_appels(action: Callable[[], object]) -> int:
    appels = 0

    def compter(cadre: FrameType, evenement: str, argument: object) -> None:
        nonlocal appels
        appels += evenement in ("call", "c_call")

    avant = sys.getprofile()
    sys.setprofile(compter)
    try:
        action()
    finally:
        sys.setprofile(avant)
    return appels


@pytest.mark.skipif(not Path("/usr/share/fonts/truetype/lato").exists(), reason="Lato is not on this machine")
def test_les_polices_des_papiers_se_refont_a_l_identique(tmp_path):
    subprocess.run([settings.BASE_DIR / "bin/polices", tmp_path], check=True, capture_output=True)
    gardees = settings.BASE_DIR / "static/css/pdf/polices"
    refaites = {police.name: police.read_bytes() for police in tmp_path.iterdir()}
    assert refaites == {police.name: police.read_bytes() for police in gardees.glob("*.ttf")}
