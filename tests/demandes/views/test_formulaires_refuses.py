"""What a page says of a form that it refuses: all of it in one box, the files among the rest."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.demandes.outils import PDF, saisir

pytestmark = pytest.mark.django_db
A_CHOISIR = "Choisissez de nouveau vos pièces jointes\u00a0: le navigateur ne les garde pas."
A_CORRIGER = "Quelque chose est à corriger"


def refuser(parent: Client, adresse: str, champs: dict) -> str:
    reponse = parent.post(adresse, champs)
    assert reponse.status_code in {200, 422}
    return reponse.content.decode()


def test_un_formulaire_refuse_dit_de_choisir_de_nouveau_les_pieces_jointes(parent, dupont):
    champs = saisir(dupont, "fiscales", annee="hier") | {"avec-pieces": [SimpleUploadedFile("avis.pdf", PDF)]}
    assert A_CHOISIR in refuser(parent, reverse("demandes:nouvelle", args=["fiscales"]), champs)


def test_un_message_refuse_dit_de_choisir_de_nouveau_les_pieces_jointes(parent):
    champs = {"sujet": "Une photo", "texte": "", "pieces": [SimpleUploadedFile("avis.pdf", PDF)]}
    assert A_CHOISIR in refuser(parent, reverse("messagerie:nouveau"), champs)


def test_rien_n_est_dit_des_pieces_a_qui_n_en_a_pas_joint(parent, dupont):
    html = refuser(parent, reverse("demandes:nouvelle", args=["fiscales"]), saisir(dupont, "fiscales", annee="hier"))
    assert A_CORRIGER in html
    assert A_CHOISIR not in html


def test_un_champ_et_un_fichier_fautifs_sont_dits_dans_un_seul_cadre(parent, dupont):
    champs = saisir(dupont, "fiscales", annee="hier") | {"avec-pieces": [SimpleUploadedFile("avis.pdf", b"MZ\x90")]}
    html = refuser(parent, reverse("demandes:nouvelle", args=["fiscales"]), champs)
    assert html.count(A_CORRIGER) == 1
    assert html.count('class="avis avis--error"') == 1
    assert "Indiquez une année" in html
    assert "n’est ni un PDF" in html
