"""What is being sent touches no disk before it is encrypted, and takes no more memory than forms may want."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from socle.fichiers import reception
from socle.fichiers.examen import examiner
from socle.fichiers.pieces import PiecesField
from tests.demandes.outils import PDF

GROS = PDF.replace(b"<<>>", b"<<>>" + b" " * 3_000_000, 1)


def recevoir(*contenus: bytes) -> list[InMemoryUploadedFile]:
    fichiers = [SimpleUploadedFile(f"{n}.pdf", contenu) for n, contenu in enumerate(contenus)]
    return RequestFactory().post("/", {"pieces": fichiers}).FILES.getlist("pieces")


def test_un_gros_fichier_reste_en_memoire():
    """Django would write it in /tmp, where a killed process leaves it."""
    [recu] = recevoir(GROS)

    assert type(recu) is InMemoryUploadedFile
    assert (recu.size, recu.read()) == (len(GROS), GROS)


def test_au_dela_rien_n_est_garde_et_le_formulaire_le_dit(monkeypatch):
    monkeypatch.setattr(reception, "GARDES_MAX", 4_000_000)
    recus = recevoir(GROS, GROS)

    assert sum(len(recu.read()) for recu in recus) <= 4_000_000
    assert [recu.size for recu in recus] == [len(GROS), len(GROS)]
    recus[1].seek(0)
    with pytest.raises(ValidationError, match="n’est pas arrivé entier"):
        examiner(recus[1])


def test_trop_lourd_est_dit_avant_d_etre_lu():
    recu = SimpleUploadedFile("a.pdf", PDF)
    recu.size = 26 * 1024 * 1024

    with pytest.raises(ValidationError, match=r"25.{1,4}Mo en tout au plus"):
        PiecesField().clean([recu])


@pytest.mark.parametrize(("au_plus", "gardes"), [(len(GROS), len(GROS)), (len(GROS) - 1, 0)])
def test_ce_que_la_machine_garde_compte_a_l_octet(monkeypatch, au_plus, gardes):
    """Chunks are whole or not at all: the last one is what is too much."""
    monkeypatch.setattr(reception, "GARDES_MAX", au_plus)
    [recu] = recevoir(GROS)

    lus = len(recu.read())
    assert lus == len(GROS) if gardes else lus < len(GROS)
