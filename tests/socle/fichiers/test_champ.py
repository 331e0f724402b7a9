"""Several files in one field, and how one is served."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from messagerie.models import Piece
from socle.fichiers.examen import examiner
from socle.fichiers.pieces import PiecesField
from tests.socle.fichiers.recus import PDF, image, televerse


class FormulaireDeTest(forms.Form):
    pieces = PiecesField()


class TestChamp:
    def _form(self, *recus: SimpleUploadedFile) -> FormulaireDeTest:
        return FormulaireDeTest(data={}, files=MultiValueDict({"pieces": list(recus)}))

    def test_plusieurs_fichiers_d_un_coup(self):
        form = self._form(televerse("a.pdf", PDF), televerse("b.png", image("PNG")))
        assert form.is_valid()
        assert [fichier.nom for fichier in form.cleaned_data["pieces"]] == ["a.pdf", "b.png"]

    def test_aucun_fichier(self):
        form = self._form()
        assert form.is_valid()
        assert form.cleaned_data["pieces"] == []

    def test_chaque_refus_est_dit(self):
        form = self._form(televerse("a.pdf", b""), televerse("b.pdf", PDF), televerse("c.txt", b"bonjour"))
        assert [erreur.split("\u00a0»")[0] for erreur in form.errors["pieces"]] == ["«\u00a0a.pdf", "«\u00a0c.txt"]

    def test_pas_plus_de_cinq_fichiers(self):
        form = self._form(*[televerse(f"{n}.pdf", PDF) for n in range(6)])
        assert form.errors["pieces"] == ["5 fichiers au plus\u00a0: vous en avez choisi 6."]

    def test_pas_plus_de_vingt_cinq_megaoctets_en_tout(self):
        form = self._form(*[televerse(f"{n}.jpg", b"\xff\xd8" + b"\0" * 13_200_000) for n in range(2)])
        assert form.errors["pieces"] == ["25\u00a0Mo en tout au plus\u00a0: envoyez le reste à part."]


@pytest.fixture
def piece(db) -> Piece:
    """A PDF of a message, really stored."""
    from tests.messagerie.fabriques import MessageFactory

    piece = Piece.depuis(examiner(televerse("été.pdf", PDF)))
    piece.message = MessageFactory()
    piece.save()
    return piece


def servir(piece: Piece, **entetes: str):
    reponse = piece.servir(RequestFactory().get("/", headers=entetes))
    reponse.corps = b"".join(reponse.streaming_content) if reponse.streaming else reponse.content
    reponse.close()
    return reponse


class TestServir:
    def test_un_pdf_se_telecharge_et_ne_s_execute_pas(self, piece):
        reponse = servir(piece)
        assert reponse.corps == PDF
        assert reponse["Content-Type"] == "application/pdf"
        assert reponse["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf"
        assert reponse["X-Content-Type-Options"] == "nosniff"
        assert reponse["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert reponse["Cache-Control"] == "private, no-store"

    def test_le_chemin_ne_dit_rien_et_aucune_adresse_n_y_mene(self, piece, settings):
        assert "été" not in piece.fichier.name
        assert len(piece.fichier.name.rsplit("/", 1)[1]) == 36
        assert settings.MEDIA_URL == "/"

    def test_le_navigateur_qui_l_a_deja_recoit_304(self, piece):
        etag = servir(piece)["ETag"]
        reponse = servir(piece, if_none_match=etag)
        assert (reponse.status_code, reponse.corps) == (304, b"")

    @pytest.mark.parametrize(
        ("demande", "attendu"),
        [
            ("bytes=0-3", PDF[:4]),
            ("bytes=5-", PDF[5:]),
            ("bytes=-6", PDF[-6:]),
            ("bytes=0-99999", PDF),
            ("bytes=3-3", PDF[3:4]),
        ],
    )
    def test_une_tranche(self, piece, demande, attendu):
        reponse = servir(piece, range=demande)
        assert (reponse.status_code, reponse.corps) == (206, attendu)
        assert reponse["Content-Range"].endswith(f"/{len(PDF)}")

    @pytest.mark.parametrize("demande", ["bytes=99999-", "bytes=-0", "bytes=99999-100000"])
    def test_une_tranche_hors_du_fichier(self, piece, demande):
        reponse = servir(piece, range=demande)
        assert (reponse.status_code, reponse["Content-Range"]) == (416, f"bytes */{len(PDF)}")

    @pytest.mark.parametrize("demande", ["bytes=0-1,3-4", "bytes=9-2", "lignes=1-2", "bytes=-", "bytes=a-b"])
    def test_ce_qui_n_est_pas_une_tranche_rend_tout(self, piece, demande):
        reponse = servir(piece, range=demande)
        assert (reponse.status_code, reponse.corps) == (200, PDF)

    def test_une_tranche_d_une_autre_version_rend_tout(self, piece):
        assert servir(piece, range="bytes=0-3", if_range='"autre"').corps == PDF

    def test_le_fichier_part_avec_sa_ligne(self, piece, django_capture_on_commit_callbacks):
        stockage, nom = piece.fichier.storage, piece.fichier.name
        with django_capture_on_commit_callbacks(execute=True):
            piece.message.fil.famille.delete()
        assert not stockage.exists(nom)
