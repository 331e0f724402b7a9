"""What cannot be written whole is not written at all, on the disk as in the database; and it is said in a sentence."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from demandes.models import Demande
from famille.models import EnvoisDuJour
from messagerie.models import Document, Fil, Message, Piece
from socle.fichiers.depot import EcritureImpossible, ranger, tout_ou_rien
from socle.fichiers.examen import Fichier, TypeMime
from tests.demandes.outils import PDF, saisir

pytestmark = pytest.mark.django_db
PHRASE = "n’a pas pu enregistrer votre envoi"


def ecrits() -> list[Path]:
    dossier = Path(settings.MEDIA_ROOT)
    return [chemin for chemin in dossier.rglob("*") if chemin.is_file()]


def deux_pdf() -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{n}.pdf", PDF) for n in (1, 2)]


def test_une_demande_dont_le_second_fichier_ne_tient_pas_ne_laisse_rien(client, dupont, disque_plein):
    client.force_login(dupont.compte)
    disque_plein(entiers=1)
    champs = saisir(dupont, "fiscales") | {"avec-pieces": deux_pdf(), "avec-commentaire": "Mon avis d’impôt."}

    reponse = client.post(reverse("demandes:nouvelle", args=["fiscales"]), champs)

    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert PHRASE in html
    assert "Mon avis d’impôt." in html
    assert (Demande.objects.count(), EnvoisDuJour.objects.count(), ecrits()) == (0, 0, [])


def test_un_message_dont_le_fichier_ne_tient_pas_revient_avec_son_texte(client, dupont, disque_plein):
    client.force_login(dupont.compte)
    disque_plein()
    envoi = {"sujet": "Absence", "texte": "Léa est malade.", "pieces": deux_pdf()}

    html = client.post(reverse("messagerie:nouveau"), envoi).content.decode()

    assert PHRASE in html
    assert "Léa est malade." in html
    assert (Fil.objects.count(), Message.objects.count(), ecrits()) == (0, 0, [])


def test_la_reponse_d_un_agent_et_un_document_le_disent_aussi(client, dupont, directrice, disque_plein):
    fil = Fil.ecrire_au_centre(dupont.titulaire, "Absence", "Léa est malade.")
    client.force_login(directrice)
    disque_plein()

    reponse = {"texte": "Bon rétablissement.", "pieces": deux_pdf()}
    html = client.post(reverse("admin:messagerie_fil_change", args=[fil.pk]), reponse).content.decode()
    assert PHRASE in html
    assert "Bon rétablissement." in html

    document = {"titre": "Menus", "categorie": "menus", "publiee_le": "02/04/2015", "depot": deux_pdf()[0]}
    page = client.post(reverse("admin:messagerie_document_add"), document).content.decode()
    assert PHRASE in page
    assert 'value="Menus"' in page

    nouveau = {"famille": dupont.famille.pk, "sujet": "Goûter", "texte": "À 16\u00a0h.", "pieces": deux_pdf()}
    page = client.post(reverse("admin:messagerie_fil_add"), nouveau).content.decode()
    assert PHRASE in page
    assert 'value="Goûter"' in page
    assert "À 16\u00a0h." in page
    assert (Message.objects.count(), Document.objects.count(), Piece.objects.count(), ecrits()) == (1, 0, 0, [])


def test_une_ligne_que_la_base_refuse_emporte_son_fichier(dupont):
    fil = Fil.ecrire_au_centre(dupont.titulaire, "Absence", "Léa est malade.")
    piece = Piece.depuis(Fichier("a.pdf", TypeMime.PDF, PDF))
    piece.message_id = fil.messages.get().pk
    piece.taille = -1

    with pytest.raises(Exception, match="taille"), tout_ou_rien():
        piece.save()
    assert ecrits() == []


def test_ce_que_fait_echouer_la_suite_emporte_les_fichiers_deja_ecrits(dupont):
    def ecrire_puis_tomber() -> None:
        with tout_ou_rien():
            Fil.ecrire_au_centre(dupont.titulaire, "Absence", "Malade.", [Fichier("a.pdf", TypeMime.PDF, PDF)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ecrire_puis_tomber()
    assert (Fil.objects.count(), ecrits()) == (0, [])


def test_une_base_sans_place_le_dit_de_meme():
    class SansPlace(Exception):
        pgcode = "53100"

    with pytest.raises(EcritureImpossible, match=PHRASE), tout_ou_rien():
        raise OperationalError from SansPlace()


def test_un_papier_dont_la_ligne_ne_s_ecrit_pas_ne_reste_pas():
    def inscrire(nom: str) -> None:
        raise OperationalError("gone")

    with pytest.raises(OperationalError):
        ranger("factures/AL-1.pdf", ContentFile(PDF), inscrire)
    assert ecrits() == []


def test_la_moitie_d_un_fichier_ne_prend_pas_la_place_de_celui_d_un_autre(disque_plein):
    nom = default_storage.save("factures/AL-1.pdf", ContentFile(PDF))
    disque_plein()

    with pytest.raises(OSError, match="No space left"):
        default_storage._save(nom, ContentFile(PDF))
    assert [chemin.read_bytes() for chemin in ecrits()] == [PDF]
