"""What may be attached, what is kept of it, and how it is served."""

import struct
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile, ImageOps

from socle.fichiers import examen as fichiers
from socle.fichiers.examen import TypeMime, examiner, nom_propre, poids
from tests.socle.fichiers.recus import ORIENTATION, PDF, image, photo_geolocalisee, refus, televerse


class TestCeQuiEstAccepte:
    def test_un_pdf_reste_tel_quel(self):
        fichier = examiner(televerse("attestation.pdf", PDF))
        assert (fichier.nom, fichier.type_mime, fichier.contenu) == ("attestation.pdf", TypeMime.PDF, PDF)

    def test_le_type_vient_du_contenu_et_non_du_nom(self):
        fichier = examiner(televerse("certificat.pdf", image("PNG")))
        assert (fichier.nom, fichier.type_mime) == ("certificat.png", TypeMime.PNG)

    def test_une_photo_perd_son_lieu_et_garde_son_sens(self):
        fichier = examiner(televerse("photo.jpg", photo_geolocalisee()))
        gardee = Image.open(BytesIO(fichier.contenu))
        assert gardee.size == (40, 60)
        assert dict(gardee.getexif()) == {}
        assert b"Exif" not in fichier.contenu

    def test_un_texte_cache_dans_une_image_ne_survit_pas(self):
        contenu = image("PNG") + b"<script>alert(1)</script>"
        assert b"script" not in examiner(televerse("dessin.png", contenu)).contenu

    def test_une_image_transparente_le_reste(self):
        sortie = BytesIO()
        Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(sortie, "PNG")
        gardee = Image.open(BytesIO(examiner(televerse("logo.png", sortie.getvalue())).contenu))
        assert gardee.getpixel((0, 0)) == (0, 0, 0, 0)

    def test_une_image_immense_est_ramenee_a_une_taille_lisible(self):
        fichier = examiner(televerse("scan.png", image("PNG", (6000, 100))))
        assert Image.open(BytesIO(fichier.contenu)).width == fichiers.COTE_MAX

    def test_un_exif_mal_tape_n_empeche_rien(self):
        """ISO written as text, and the telephone on its side: some do."""
        exif = Image.Exif()
        exif[ORIENTATION] = 6
        exif.get_ifd(0x8769)[0x8827] = 100
        contenu = image(exif=exif)
        # Tag ISOSpeedRatings: SHORT becomes a type that nobody knows.
        endroit = contenu.index(b"\x88\x27")
        abime = contenu[: endroit + 2] + b"\x00\x63" + contenu[endroit + 4 :]
        gardee = Image.open(BytesIO(examiner(televerse("photo.jpg", abime)).contenu))
        assert (gardee.size, dict(gardee.getexif())) == ((40, 60), {})

    @pytest.mark.parametrize("sens", range(1, 9))
    def test_une_photo_est_remise_d_aplomb_comme_pillow_le_ferait(self, sens):
        exif = Image.Exif()
        exif[ORIENTATION] = sens
        sortie = BytesIO()
        Image.linear_gradient("L").resize((60, 40)).save(sortie, "PNG", exif=exif)
        attendue = ImageOps.exif_transpose(Image.open(BytesIO(sortie.getvalue())))
        gardee = Image.open(BytesIO(examiner(televerse("p.png", sortie.getvalue())).contenu))
        assert (gardee.size, gardee.tobytes()) == (attendue.size, attendue.tobytes())

    def test_une_photo_d_iphone_devient_un_jpeg(self):
        sortie = BytesIO()
        Image.new("RGB", (64, 48), "teal").save(sortie, "HEIF")
        fichier = examiner(televerse("IMG_0001.HEIC", sortie.getvalue()))
        assert (fichier.nom, fichier.type_mime) == ("IMG_0001.jpg", TypeMime.JPEG)
        assert Image.open(BytesIO(fichier.contenu)).size == (64, 48)

    def test_une_photo_de_six_megaoctets_est_prise_et_reduite(self):
        contenu = image("JPEG", (4000, 3000)) + b"\0" * (6_300_000)
        contenu += b"\xff\xd9"
        fichier = examiner(televerse("photo.jpg", contenu))
        assert fichier.taille < 1_000_000
        assert max(Image.open(BytesIO(fichier.contenu)).size) <= fichiers.COTE_MAX

    def test_le_commentaire_d_une_photo_ne_reste_pas(self):
        assert b"rue des Bonbons" not in examiner(televerse("p.jpg", image(comment=b"rue des Bonbons"))).contenu

    def test_un_fichier_d_exactement_la_limite(self):
        plein = PDF[:-6] + b" " * (fichiers.TAILLE_MAX - len(PDF)) + PDF[-6:]
        assert examiner(televerse("plein.pdf", plein)).taille == fichiers.TAILLE_MAX
        assert "au plus" in refus(televerse("trop.pdf", b"%PDF-" + plein[5:-6] + b" " + plein[-6:]))


class TestCeQuiEstRefuse:
    @pytest.mark.parametrize(
        "contenu",
        [
            b"<html><script>alert(1)</script></html>",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"PK\x03\x04docx",
            b"MZ\x90",
        ],
    )
    def test_ce_qui_n_est_ni_pdf_ni_image(self, contenu):
        assert refus(televerse("devoir.pdf", contenu)).startswith(
            "«\u00a0devoir.pdf\u00a0» n’est ni un PDF, ni une image"
        )

    @pytest.mark.parametrize("indulgent", [True, False])
    def test_une_photo_d_iphone_arrivee_en_partie_ne_devient_pas_une_page_noire(self, monkeypatch, indulgent):
        """WeasyPrint, once it is loaded, has Pillow forgive what is missing."""
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", indulgent)
        contenu = image("HEIF", (640, 480))
        for garde in (40, len(contenu) // 2, len(contenu) - 5):
            assert refus(televerse("IMG_0001.HEIC", contenu[:garde])).startswith(
                "«\u00a0IMG_0001.HEIC\u00a0» est une image abîmée"
            )
        assert examiner(televerse("IMG_0001.HEIC", contenu)).type_mime == TypeMime.JPEG
        assert ImageFile.LOAD_TRUNCATED_IMAGES is indulgent

    @pytest.mark.parametrize(("format_", "garde"), [("JPEG", 20), ("PNG", 10)])
    def test_une_image_dont_il_ne_reste_que_le_debut_est_abimee(self, format_, garde):
        assert "est une image abîmée" in refus(televerse("a", image(format_)[:garde]))

    def test_un_gif_ou_un_webp(self):
        assert "ni un PDF" in refus(televerse("a.png", image("GIF")))

    def test_un_fichier_vide(self):
        assert refus(televerse("rien.pdf", b"")) == "«\u00a0rien.pdf\u00a0» est vide."

    def test_un_pdf_coupe(self):
        assert refus(televerse("a.pdf", PDF[:-8])) == "«\u00a0a.pdf\u00a0» est un PDF incomplet ou abîmé."

    def test_une_image_coupee(self):
        contenu = image("PNG", (400, 400))
        assert refus(televerse("a.png", contenu[: len(contenu) // 2])) == (
            "«\u00a0a.png\u00a0» est une image abîmée\u00a0: elle ne s’ouvre pas."
        )

    def test_plus_de_cinq_megaoctets(self):
        assert refus(televerse("gros.pdf", PDF + b" " * fichiers.TAILLE_MAX)) == (
            "«\u00a0gros.pdf\u00a0» pèse 5\u00a0Mo\u00a0: 5\u00a0Mo au plus."
        )

    def test_ce_qui_prendrait_trop_de_memoire_n_est_pas_decode(self):
        """185 KB in the file, 196 MB once decoded."""
        sortie = BytesIO()
        Image.new("RGBA", (7_000, 7_000)).save(sortie, "PNG")
        assert "a trop de pixels" in refus(televerse("plan.png", sortie.getvalue()))

    @pytest.mark.parametrize("faute", [KeyError("x"), struct.error("x"), RecursionError(), MemoryError(), TypeError()])
    def test_quoi_que_dise_le_decodeur_le_fichier_est_abime(self, monkeypatch, faute):
        def echouer(*_: object) -> None:
            raise faute

        monkeypatch.setattr(fichiers, "_pixels_seuls", echouer)
        assert refus(televerse("a.png", image("PNG"))) == (
            "«\u00a0a.png\u00a0» est une image abîmée\u00a0: elle ne s’ouvre pas."
        )

    def test_une_seule_image_est_decodee_a_la_fois(self, monkeypatch):
        ensemble, simultanees = [], []

        def compter(*_: object) -> bytes:
            ensemble.append(1)
            simultanees.append(len(ensemble))
            time.sleep(0.02)
            ensemble.pop()
            return b"x"

        monkeypatch.setattr(fichiers, "_pixels_seuls", compter)
        contenu = image("PNG")
        with ThreadPoolExecutor(8) as fils:
            list(fils.map(lambda n: examiner(televerse(f"{n}.png", contenu)), range(8)))
        assert simultanees == [1] * 8

    @pytest.mark.parametrize("cote", [7_100, 10_000, 14_000])
    def test_une_bombe_de_pixels(self, cote):
        sortie = BytesIO()
        Image.new("1", (cote, cote)).save(sortie, "PNG")
        assert "a trop de pixels" in refus(televerse("bombe.png", sortie.getvalue()))


class TestNom:
    def test_un_nom_garde_ses_accents_et_perd_ses_chemins(self):
        assert nom_propre("../../été à Sète.PDF", TypeMime.PDF) == "été à Sète.pdf"
        assert nom_propre("C:\\Users\\Jean\\scan.jpeg", TypeMime.JPEG) == "scan.jpg"

    def test_un_nom_ne_se_deguise_pas(self):
        assert nom_propre("facture\u202efdp.exe", TypeMime.PDF) == "facturefdp.pdf"

    @given(st.text())
    def test_aucun_nom_n_est_dangereux(self, nom):
        propre = nom_propre(nom, TypeMime.PDF)
        assert len(propre) <= fichiers.NOM_MAX + 4
        assert propre.endswith(".pdf")
        assert not fichiers.INTERDITS.search(propre)

    def test_le_poids_se_lit(self):
        assert [poids(n) for n in (12, 348_160, 2_516_582, 5_242_880)] == [
            "1\u00a0Ko",
            "340\u00a0Ko",
            "2,4\u00a0Mo",
            "5\u00a0Mo",
        ]
