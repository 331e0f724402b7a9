"""The limits of what may be attached, up to the last byte and the last pixel; and what is kept of a picture."""

from io import BytesIO
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

from socle.fichiers import examen
from socle.fichiers.examen import Fichier, TypeMime, examiner, nom_propre, poids
from socle.fichiers.pieces import ACCEPTES, ENVOI_MAX, PIECES_MAX, PiecesField
from socle.fichiers.reception import GARDES_MAX
from tests.socle.fichiers.recus import ORIENTATION, PDF, image, refus, televerse

MO = 1_048_576


def png(mode: str, taille: tuple[int, int], **options: object) -> bytes:
    sortie = BytesIO()
    Image.new(mode, taille).save(sortie, "PNG", **options)
    return sortie.getvalue()


def gardee(contenu: bytes, nom: str = "photo") -> Image.Image:
    """What is kept of this picture."""
    return Image.open(BytesIO(examiner(televerse(nom, contenu)).contenu))


def test_les_limites_sont_celles_que_dit_la_page():
    assert (examen.TAILLE_MAX, examen.PHOTO_MAX, ENVOI_MAX, GARDES_MAX) == (5 * MO, 15 * MO, 25 * MO, 32 * MO)
    assert (examen.PIXELS_MAX, examen.DECODE_MAX, examen.COTE_MAX) == (50_000_000, 134_217_728, 3000)
    assert (PIECES_MAX, examen.NOM_MAX) == (5, 100)
    assert ACCEPTES == ["application/pdf", "image/jpeg", "image/png", "image/heic", "image/heif"]


class TestPoids:
    @pytest.mark.parametrize(
        ("taille", "dit"),
        [
            (0, "1 Ko"),
            (1, "1 Ko"),
            (1535, "1 Ko"),
            (1537, "2 Ko"),
            (1024 * 700, "700 Ko"),
            (MO - 1, "1 024 Ko"),
            (MO, "1 Mo"),
            (int(2.34 * MO), "2,3 Mo"),
            (int(9.96 * MO), "10 Mo"),
            (int(15.1 * MO), "15,1 Mo"),
            (100 * MO, "100 Mo"),
        ],
    )
    def test_un_poids_se_lit(self, taille, dit):
        assert poids(taille).replace("\xa0", " ").replace("\u202f", " ") == dit


class TestRecu:
    def test_un_fichier_sans_nom_en_a_un(self):
        recu = televerse("a", PDF)
        recu._name = None
        assert examiner(recu).nom == "fichier.pdf"
        vide = televerse("a", b"")
        vide._name = None
        assert refus(vide) == "«\u00a0fichier\u00a0» est vide."

    def test_une_taille_que_l_on_ne_dit_pas_est_celle_du_contenu(self):
        recu = televerse("a.pdf", PDF)
        recu.size = None
        assert examiner(recu).taille == len(PDF)

    def test_un_fichier_deja_lu_se_relit_du_debut(self):
        recu = televerse("a.pdf", PDF)
        recu.read()
        assert examiner(recu).contenu == PDF

    def test_un_fichier_arrive_a_moitie_se_renvoie_a_part(self):
        recu = televerse("a.pdf", PDF)
        recu.size = len(PDF) + 1
        assert refus(recu) == "«\u00a0a.pdf\u00a0» n’est pas arrivé entier\u00a0: envoyez-le à part."

    def test_trop_lourd_pour_une_photo_se_refuse_avant_d_etre_lu(self):
        recu = televerse("a.jpg", image())
        recu.size = examen.PHOTO_MAX + 1
        assert refus(recu) == "«\u00a0a.jpg\u00a0» pèse 15\u00a0Mo\u00a0: 15\u00a0Mo au plus."

    def test_une_photo_d_exactement_la_limite_se_prend(self):
        contenu = image() + b"\0" * 10
        contenu += b"\0" * (examen.PHOTO_MAX - len(contenu) - 2) + b"\xff\xd9"
        assert examiner(televerse("a.jpg", contenu)).type_mime is TypeMime.JPEG

    def test_une_limite_plus_haute_vaut_pour_tous(self):
        """The centre's own documents are heavier than a family's."""
        lourd = PDF[:-6] + b" " * (16 * MO) + PDF[-6:]
        assert examiner(televerse("menus.pdf", lourd), 20 * MO).taille == len(lourd)

    def test_la_fin_d_un_pdf_est_dans_son_dernier_kilo_octet(self):
        debut, fin = PDF[: PDF.index(b"%%EOF")], b"%%EOF"
        assert examiner(televerse("a.pdf", debut + fin + b" " * (1024 - len(fin)))).nom == "a.pdf"
        assert "incomplet" in refus(televerse("a.pdf", debut + fin + b" " * (1025 - len(fin))))

    def test_l_empreinte_est_celle_du_contenu(self):
        fichier = Fichier("a.pdf", TypeMime.PDF, b"abc")
        assert fichier.empreinte == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        assert fichier.taille == 3


class TestNomPropre:
    @pytest.mark.parametrize(
        ("nom", "propre"),
        [
            (" . fiche . .pdf", "fiche.pdf"),
            ("???.pdf", "document.pdf"),
            ("e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}.pdf", "été.pdf"),
            ("a" * 100 + ".pdf", "a" * 100 + ".pdf"),
            ("a" * 101 + ".pdf", "a" * 100 + ".pdf"),
        ],
    )
    def test_un_nom_est_rendu_sans_danger(self, nom, propre):
        assert nom_propre(nom, TypeMime.PDF) == propre

    def test_une_image_se_dit_image(self):
        assert [type_.est_image for type_ in TypeMime] == [False, True, True]


class TestPixels:
    @pytest.mark.parametrize(("cote", "prise"), [((10_000, 5_000), True), ((10_000, 5_001), False)])
    def test_cinquante_millions_au_plus(self, cote, prise):
        contenu = png("1", cote)
        if prise:
            assert gardee(contenu).size == (3000, 1500)
        else:
            assert "a trop de pixels" in refus(televerse("plan.png", contenu))

    @pytest.mark.parametrize(
        ("mode", "cote", "prise"),
        [
            ("RGBA", (8192, 4096), True),  # 128 MiB once decoded
            ("RGBA", (8192, 4097), False),
            ("L", (8192, 6000), True),
            ("I;16", (8192, 6000), True),
        ],
    )
    def test_ce_qui_tient_en_memoire_se_decode(self, mode, cote, prise, monkeypatch):
        monkeypatch.setattr(examen, "_pixels_seuls", lambda vue, type_mime: b"lue")
        contenu = png(mode, cote, compress_level=1)
        if prise:
            assert examiner(televerse("plan.png", contenu)).contenu == b"lue"
        else:
            assert "a trop de pixels" in refus(televerse("plan.png", contenu))

    def test_une_grande_photo_se_decode_a_une_fraction_de_sa_taille(self):
        """It would take 137 MiB: a JPEG is read at half its size."""
        sortie = BytesIO()
        Image.new("RGB", (6000, 6000), "teal").save(sortie, "JPEG", quality=10)
        assert gardee(sortie.getvalue()).size == (3000, 3000)

    def test_la_fin_de_l_image_est_dans_sa_seconde_moitie(self):
        """A telephone adds a film after the picture, of its own weight at most."""
        contenu = image(taille=(400, 400))
        assert gardee(contenu + b"\0" * (len(contenu) - 4)).size == (400, 400)
        assert "abîmée" in refus(televerse("a.jpg", contenu + b"\0" * (len(contenu) + 4)))

    def test_un_film_plus_lourd_que_la_photo_ne_passe_pas_pour_elle(self):
        contenu = image(taille=(400, 400))
        assert "abîmée" in refus(televerse("a.jpg", contenu[:-2] + b"\0" * len(contenu)))

    def test_une_image_se_decode_a_la_fois(self):
        petite, prises = png("RGB", (8, 8)), []
        fil = Thread(target=lambda: prises.append(gardee(petite)))
        with examen.UNE_A_LA_FOIS:
            fil.start()
            fil.join(0.1)
            assert prises == []
        fil.join()
        assert len(prises) == 1


class TestCouleurs:
    PROFIL = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    def test_le_profil_des_couleurs_reste(self):
        assert gardee(image(icc_profile=self.PROFIL)).info["icc_profile"] == self.PROFIL
        assert gardee(png("RGB", (4, 4), icc_profile=self.PROFIL)).info["icc_profile"] == self.PROFIL

    @pytest.mark.parametrize("mode", ["L", "CMYK"])
    def test_sauf_s_il_etait_pour_d_autres_couleurs(self, mode):
        sortie = BytesIO()
        Image.new(mode, (4, 4)).save(sortie, "JPEG", icc_profile=self.PROFIL)
        assert "icc_profile" not in gardee(sortie.getvalue()).info

    @pytest.mark.parametrize(
        ("mode", "garde"), [("1", "L"), ("L", "L"), ("P", "RGB"), ("RGB", "RGB"), ("RGBA", "RGBA")]
    )
    def test_un_dessin_garde_ses_gris_et_sa_transparence(self, mode, garde):
        assert gardee(png(mode, (4, 4))).mode == garde

    def test_une_photo_d_iphone_transparente_devient_une_photo(self):
        sortie = BytesIO()
        Image.new("RGBA", (64, 48), (0, 0, 0, 0)).save(sortie, "HEIF")
        assert (gardee(sortie.getvalue()).format, gardee(sortie.getvalue()).mode) == ("JPEG", "RGB")

    def test_ce_que_dit_l_image_d_elle_meme_ne_reste_pas(self):
        contenu = png("RGB", (4, 4), dpi=(300, 300))
        assert "dpi" in Image.open(BytesIO(contenu)).info
        assert gardee(contenu).info == {}

    @pytest.mark.parametrize(("sens", "coin"), [(1, (0, 0)), (2, (3, 0)), (3, (3, 3)), (4, (0, 3))])
    def test_une_photo_prise_dans_un_miroir_se_remet_a_l_endroit(self, sens, coin):
        """The corner that is white, once it is upright."""
        exif = Image.Exif()
        exif[ORIENTATION] = sens
        dessin, sortie = Image.new("RGB", (4, 4)), BytesIO()
        dessin.putpixel((0, 0), (255, 255, 255))
        dessin.save(sortie, "PNG", exif=exif)
        droite = gardee(sortie.getvalue())
        assert [(x, y) for x in range(4) for y in range(4) if droite.getpixel((x, y)) != (0, 0, 0)] == [coin]

    def test_une_orientation_inconnue_ne_tourne_rien(self):
        exif = Image.Exif()
        exif[ORIENTATION] = 0
        assert gardee(image(exif=exif)).size == (60, 40)
        assert gardee(image()).size == (60, 40)


class TestPlusieurs:
    def champ(self, *recus: SimpleUploadedFile, obligatoire: bool = False) -> list[str] | int:
        """How many are taken, or what is said."""
        try:
            return len(PiecesField(required=obligatoire).clean(list(recus)))
        except ValidationError as erreur:
            return erreur.messages

    def test_aucun_se_refuse_s_il_en_faut_un(self):
        assert self.champ(obligatoire=True) == ["Joignez au moins un fichier."]
        assert self.champ(televerse("a.pdf", PDF), obligatoire=True) == 1
        assert self.champ() == 0
        assert PiecesField().clean(None) == []

    def test_cinq_se_prennent(self):
        assert self.champ(*(televerse(f"{n}.pdf", PDF) for n in range(5))) == 5

    def test_vingt_cinq_megaoctets_se_prennent(self):
        recus = [televerse(f"{n}.pdf", PDF) for n in range(3)]
        recus[2].size = None
        for recu, taille in zip(recus, (ENVOI_MAX - 1000, 1000), strict=False):
            recu.size = taille
        assert "25\u00a0Mo en tout" not in " ".join(map(str, self.champ(*recus)))
        recus[1].size = 1001
        assert self.champ(*recus) == ["25\u00a0Mo en tout au plus\u00a0: envoyez le reste à part."]

    def test_la_page_dit_les_limites_ou_ce_qu_on_lui_dit(self):
        champ = PiecesField()
        assert not champ.required
        assert champ.help_text == (
            "5 fichiers au plus\u00a0: PDF de 5\u00a0Mo au plus, photos (JPEG, PNG, HEIC) de 15\u00a0Mo au plus, "
            "25\u00a0Mo en tout."
        )
        assert PiecesField(help_text="Votre avis d’impôt.").help_text == "Votre avis d’impôt."
        assert champ.label == "Pièces jointes"

    def test_le_telephone_sait_ce_que_l_on_accepte(self):
        html = PiecesField().widget.render("pieces", None)
        for dit in (
            'accept="application/pdf,image/jpeg,image/png,image/heic,image/heif"',
            "multiple",
            'data-nombre="5"',
            f'data-poids="{5 * MO}"',
            f'data-photo="{15 * MO}"',
            f'data-envoi="{25 * MO}"',
            'data-cote="3000"',
        ):
            assert dit in html
