"""The files of familles at rest: nobody reads them without the keys, and `rechiffrer` brings all under the newest."""

from io import StringIO
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from messagerie.models import Fil, Piece
from socle.fichiers.coffre import MARQUE, Coffre, Etat
from socle.fichiers.examen import Fichier, TypeMime
from tests.demandes.outils import PDF

CERTIFICAT = PDF.replace(b"<<>>", b"<</Titre (certificat)>>")


@pytest.fixture
def piece(dupont) -> Piece:
    fichier = Fichier("certificat.pdf", TypeMime.PDF, CERTIFICAT)
    Fil.ecrire_au_centre(dupont.titulaire, "Absence", "Voici le certificat.", [fichier])
    return Piece.objects.get()


@pytest.fixture
def nouvelle_cle(settings) -> str:
    """Put first; the old one still opens."""
    cle = Fernet.generate_key().decode()
    settings.CLES_CHIFFREMENT = [cle, *settings.CLES_CHIFFREMENT]
    return cle


def en_clair(piece: Piece) -> None:
    """As a version that did not encrypt had left it."""
    chemin = Path(default_storage.path(str(piece.fichier)))
    chemin.write_bytes(CERTIFICAT)


def ranges() -> list[bytes]:
    return [chemin.read_bytes() for chemin in Path(settings.MEDIA_ROOT).rglob("*.*") if chemin.is_file()]


def rechiffrer(*options: str) -> str:
    sortie = StringIO()
    call_command("rechiffrer", *options, stdout=sortie, stderr=StringIO())
    return sortie.getvalue().replace("\xa0", " ")


def test_un_fichier_au_coffre_ne_se_lit_pas_sur_le_disque(piece):
    [octets] = ranges()

    assert octets.startswith(MARQUE)
    assert b"certificat" not in octets
    assert piece.fichier.read() == CERTIFICAT


def test_il_ne_pese_guere_plus_qu_en_clair(piece):
    assert len(ranges()[0]) - len(CERTIFICAT) < 100


def test_sans_la_cle_personne_ne_l_ouvre(piece, settings):
    settings.CLES_CHIFFREMENT = [Fernet.generate_key().decode()]

    with pytest.raises(InvalidToken):
        Piece.objects.get().fichier.open()


def test_il_se_sert_en_entier_comme_par_morceaux(client, dupont, piece):
    client.force_login(dupont.compte)
    adresse = piece.get_absolute_url()

    assert b"".join(client.get(adresse).streaming_content) == CERTIFICAT
    morceau = client.get(adresse, headers={"Range": "bytes=9-20"})
    assert (morceau.status_code, morceau.content) == (206, CERTIFICAT[9:21])


def test_un_fichier_d_avant_se_lit_encore_puis_est_mis_au_coffre(piece, django_capture_on_commit_callbacks):
    en_clair(piece)
    assert Piece.objects.get().fichier.read() == CERTIFICAT

    assert "pièces jointes (messagerie) : 1 fichier, dont 1 en clair" in rechiffrer("--verifier")
    assert ranges() == [CERTIFICAT]
    with django_capture_on_commit_callbacks(execute=True):
        rechiffrer()

    assert [octets[: len(MARQUE)] for octets in ranges()] == [MARQUE]
    assert Piece.objects.get().fichier.read() == CERTIFICAT


@pytest.mark.django_db(transaction=True)
def test_l_ancien_fichier_part_une_fois_la_ligne_ecrite(piece, nouvelle_cle, settings):
    avant = str(piece.fichier)
    assert "pièces jointes (messagerie) : 1 fichier, dont 1 d’une ancienne clé" in rechiffrer("--verifier")

    rechiffrer()

    apres = str(Piece.objects.get().fichier)
    assert apres != avant
    assert not default_storage.exists(avant)
    settings.CLES_CHIFFREMENT = [nouvelle_cle]
    assert Piece.objects.get().fichier.read() == CERTIFICAT
    assert "pièces jointes (messagerie) : 1 fichier\n" in rechiffrer("--verifier")


def test_repris_apres_un_arret_il_ne_refait_pas_ce_qui_est_fait(piece, nouvelle_cle):
    rechiffrer()
    fait = str(Piece.objects.get().fichier)

    assert "pièces jointes (messagerie) : 0 fichier rechiffré" in rechiffrer()
    assert str(Piece.objects.get().fichier) == fait
    assert Coffre().etat(fait) is Etat.CLE_COURANTE


def test_un_disque_plein_laisse_le_fichier_d_avant(piece, nouvelle_cle, disque_plein):
    avant = ranges()
    disque_plein()

    with pytest.raises(CommandError, match=r"1\sfichier non rechiffré"):
        rechiffrer()
    assert ranges() == avant
    assert Coffre().open(str(Piece.objects.get().fichier)).read() == CERTIFICAT


def test_la_verification_nomme_le_fichier_absent(piece):
    default_storage.delete(str(piece.fichier))
    erreurs = StringIO()

    with pytest.raises(CommandError, match=r"1\svaleur illisible"):
        call_command("rechiffrer", "--verifier", stdout=StringIO(), stderr=erreurs)
    assert f"messagerie.Piece {piece.pk}" in erreurs.getvalue()


@pytest.mark.django_db
def test_un_fichier_qui_n_est_pas_au_coffre_reste_lisible_par_tous():
    nom = default_storage.save("factures/AL-1.pdf", ContentFile(CERTIFICAT))

    with default_storage.open(nom) as fichier:
        assert fichier.read() == CERTIFICAT
