"""A file and its row: both, or neither; and how a file is given back, to the byte."""

import base64
import errno
import hashlib
import os
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as reglages
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError
from django.test import RequestFactory
from PIL import Image

from messagerie.models import Fil, Piece
from socle.fichiers import rechiffrement
from socle.fichiers.coffre import Coffre
from socle.fichiers.depot import EcritureImpossible, ranger, tout_ou_rien
from socle.fichiers.disque import Disque
from socle.fichiers.examen import Fichier, TypeMime, examiner
from socle.fichiers.rechiffrement import champs_au_coffre, fichiers, rechiffrer
from tests.socle.fichiers.recus import PDF, image, televerse

pytestmark = pytest.mark.django_db


def ecrits() -> list[Path]:
    return [chemin for chemin in Path(reglages.MEDIA_ROOT).rglob("*") if chemin.is_file()]


@pytest.fixture
def pieces(dupont) -> list[Piece]:
    joints = [Fichier(f"{n}.pdf", TypeMime.PDF, PDF) for n in range(3)]
    Fil.ecrire_au_centre(dupont.titulaire, "Absence", "Malade.", joints)
    return list(Piece.objects.order_by("pk"))


class TestRanger:
    def test_un_papier_dont_la_ligne_s_ecrit_est_garde(self):
        lignes = []
        assert ranger("factures/AL-1.pdf", ContentFile(PDF), lignes.append) is True
        assert [default_storage.path(nom) for nom in lignes] == [str(chemin) for chemin in ecrits()]

    def test_celui_qu_un_autre_a_deja_ecrit_ne_l_est_pas_deux_fois(self):
        def inscrire(nom: str) -> None:
            raise IntegrityError("already there")

        assert ranger("factures/AL-1.pdf", ContentFile(PDF), inscrire) is False
        assert ecrits() == []


@pytest.mark.parametrize("faute", ["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO", "ENOENT", "ENOTDIR"])
def test_toute_faute_du_disque_se_dit_d_une_phrase(faute):
    with pytest.raises(EcritureImpossible), tout_ou_rien():
        raise OSError(getattr(errno, faute), "disk")


@pytest.mark.parametrize("erreur", [OSError(errno.ECONNREFUSED, "net"), ValueError(errno.ENOSPC), OperationalError()])
def test_une_autre_faute_reste_ce_qu_elle_est(erreur):
    with pytest.raises(type(erreur)) as dite, tout_ou_rien():
        raise erreur
    assert dite.value is erreur


class TestDisque:
    @pytest.fixture
    def disque(self, tmp_path) -> Disque:
        return Disque(location=tmp_path / "a" / "b", file_permissions_mode=0o640)

    def test_un_fichier_s_ecrit_dans_un_dossier_neuf_avec_ses_droits(self, disque):
        assert disque.save("c/d.pdf", ContentFile(PDF)) == "c/d.pdf"
        assert disque.save("c/e.pdf", ContentFile(PDF)) == "c/e.pdf"
        assert Path(disque.path("c/d.pdf")).read_bytes() == PDF
        assert Path(disque.path("c/d.pdf")).stat().st_mode & 0o777 == 0o640

    def test_sans_droits_dits_ce_sont_ceux_de_la_machine(self, tmp_path):
        masque = os.umask(0)
        try:
            disque = Disque(location=tmp_path, file_permissions_mode=None)
            nom = disque.save("a.pdf", ContentFile(PDF))
            # Django's own default comes from the settings.
            disque.file_permissions_mode = None
            autre = disque._save("b.pdf", ContentFile(PDF))
        finally:
            os.umask(masque)
        assert Path(disque.path(nom)).read_bytes() == PDF
        assert Path(disque.path(autre)).stat().st_mode & 0o777 == 0o666

    def test_un_nom_deja_pris_en_donne_un_autre(self, disque):
        disque._save("a.pdf", ContentFile(b"la sienne"))
        nom = disque._save("a.pdf", ContentFile(PDF))
        assert nom != "a.pdf"
        assert Path(disque.path("a.pdf")).read_bytes() == b"la sienne"
        assert Path(disque.path(nom)).read_bytes() == PDF

    def test_la_moitie_d_un_fichier_ne_reste_pas(self, disque):
        class Coupe(ContentFile):
            def chunks(self, chunk_size: int | None = None):
                yield PDF[:5]
                raise OSError("gone")

        with pytest.raises(OSError, match="gone"):
            disque._save("a.pdf", Coupe(PDF))
        assert not Path(disque.path("a.pdf")).exists()


class TestRechiffrer:
    @pytest.fixture
    def champ(self):
        return Piece._meta.get_field("fichier")

    def test_les_champs_au_coffre_sont_ceux_des_fichiers_des_familles(self, champ):
        connus = list(champs_au_coffre())
        assert (Piece, champ) in connus
        assert all(isinstance(champ.storage, Coffre) for _, champ in connus)

    def test_par_lots_aucun_n_est_oublie_et_chacun_vient_une_fois(self, pieces, champ, monkeypatch):
        monkeypatch.setattr(rechiffrement, "LOT", 2)
        assert list(fichiers(Piece, champ)) == [(piece.pk, str(piece.fichier)) for piece in pieces]
        Piece.objects.filter(pk=pieces[0].pk).update(fichier="")
        assert [cle for cle, _ in fichiers(Piece, champ)] == [pieces[1].pk, pieces[2].pk]

    def test_un_seul_fichier_change_de_nom(self, pieces, champ, settings, django_capture_on_commit_callbacks):
        settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode(), *settings.CLES_CHIFFREMENT]
        avant = [str(piece.fichier) for piece in pieces]
        with django_capture_on_commit_callbacks(execute=True):
            rechiffrer(Piece, champ, (pieces[0].pk, avant[0]))
        apres = list(Piece.objects.order_by("pk").values_list("fichier", flat=True))
        assert apres[0] != avant[0]
        assert apres[1:] == avant[1:]
        assert apres[0].endswith(".pdf")
        assert len(ecrits()) == 3
        assert Piece.objects.get(pk=pieces[0].pk).fichier.read() == PDF

    def test_une_ligne_partie_entre_temps_ne_laisse_pas_de_fichier_de_plus(self, pieces, champ):
        rechiffrer(Piece, champ, (999_999, str(pieces[0].fichier)))
        rechiffrer(Piece, champ, (pieces[1].pk, str(pieces[0].fichier)))
        assert len(ecrits()) == 3

    def test_une_ligne_que_la_base_refuse_non_plus(self, pieces, champ, monkeypatch):
        monkeypatch.setattr(rechiffrement, "chemin_au_hasard", lambda extension: "x" * 101 + f".{extension}")
        monkeypatch.setattr(
            "django.db.models.QuerySet.update", lambda lignes, **champs: (_ for _ in ()).throw(OperationalError("gone"))
        )
        with pytest.raises(OperationalError):
            rechiffrer(Piece, champ, (pieces[0].pk, str(pieces[0].fichier)))
        assert len(ecrits()) == 3


def test_un_fichier_au_coffre_se_lit_encore_dans_dix_ans(settings):
    """What lies on the disks of towns: a mark, four bytes of the key's fingerprint, a token."""
    nom = Coffre().save("pieces/ab/abcd.pdf", ContentFile(PDF))
    octets = Path(default_storage.path(nom)).read_bytes()
    cle = settings.CLES_CHIFFREMENT[0]
    assert octets[:8] == b"PFC1" + hashlib.sha256(cle.encode()).digest()[:4]
    assert Fernet(cle).decrypt(base64.urlsafe_b64encode(octets[8:])) == PDF


class TestServir:
    def servir(self, piece: Piece, **entetes: str):
        return piece.servir(RequestFactory().get("/", headers=entetes))

    def test_en_entier_sa_longueur_est_dite(self, pieces):
        reponse = self.servir(pieces[0])
        assert reponse["Content-Length"] == str(len(PDF))
        assert reponse["Accept-Ranges"] == "bytes"

    @pytest.mark.parametrize(
        ("demande", "rendue"),
        [("bytes=2-5", f"bytes 2-5/{len(PDF)}"), ("bytes=-99999", f"bytes 0-{len(PDF) - 1}/{len(PDF)}")],
    )
    def test_une_tranche_dit_laquelle_elle_est(self, pieces, demande, rendue):
        reponse = self.servir(pieces[0], range=demande)
        assert (reponse.status_code, reponse["Content-Range"]) == (206, rendue)

    def test_une_image_se_montre_sur_place(self, pieces):
        pieces[0].recevoir(examiner(televerse("photo.jpg", image())))
        pieces[0].save()
        assert self.servir(pieces[0])["Content-Disposition"] == 'inline; filename="photo.jpg"'

    def test_l_empreinte_d_une_piece_de_famille_ne_dit_rien_de_son_contenu(self, pieces):
        assert len({piece.empreinte for piece in pieces}) == 3
        assert all(len(piece.empreinte) == 64 for piece in pieces)


def test_une_photo_est_gardee_a_la_meme_qualite():
    contenu = examiner(televerse("photo.jpg", image(taille=(400, 400)))).contenu
    attendue = BytesIO()
    Image.open(BytesIO(image(taille=(400, 400)))).save(attendue, "JPEG", quality=88)
    assert Image.open(BytesIO(contenu)).quantization == Image.open(attendue).quantization
