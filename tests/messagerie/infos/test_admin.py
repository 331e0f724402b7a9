"""Announcements and documents at the agents' desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from messagerie.models import Document, Information
from tests.messagerie.fabriques import DocumentFactory

from ..bureau import adresse

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


def test_une_information_et_son_apercu(bureau):
    saisie = {"titre": "Fermeture", "texte": "Le centre est **fermé**.", "publiee_le": "2015-04-08"}
    bureau.post(adresse("information_add"), saisie)
    information = Information.objects.get()
    page = bureau.get(adresse("information_change", information.pk)).content.decode()
    assert "<strong>fermé</strong>" in page


def test_un_document_se_depose_puis_se_remplace(bureau, django_capture_on_commit_callbacks):
    saisie = {"titre": "Menus", "categorie": "menus", "publiee_le": "2015-04-08"}
    bureau.post(adresse("document_add"), {**saisie, "depot": SimpleUploadedFile("a.pdf", PDF)})
    document = Document.objects.get()
    ancien, stockage = document.fichier.name, document.fichier.storage
    with django_capture_on_commit_callbacks(execute=True):
        bureau.post(
            adresse("document_change", document.pk),
            {**saisie, "depot": SimpleUploadedFile("b.pdf", PDF + b"\n%%EOF")},
        )
    document.refresh_from_db()
    assert document.nom == "b.pdf"
    assert not stockage.exists(ancien)
    telecharge = bureau.get(adresse("document_fichier", document.pk))
    assert telecharge.getvalue() == PDF + b"\n%%EOF"


def test_changer_le_titre_garde_le_fichier(bureau):
    saisie = {"titre": "Menus", "categorie": "menus", "publiee_le": "2015-04-08"}
    bureau.post(adresse("document_add"), {**saisie, "depot": SimpleUploadedFile("a.pdf", PDF)})
    document = Document.objects.get()
    bureau.post(adresse("document_change", document.pk), {**saisie, "titre": "Menus d’avril"})
    document.refresh_from_db()
    assert (document.titre, document.nom) == ("Menus d’avril", "a.pdf")


def test_un_document_qui_n_en_est_pas_un(bureau):
    saisie = {"titre": "Menus", "categorie": "menus", "publiee_le": "2015-04-08"}
    reponse = bureau.post(adresse("document_add"), {**saisie, "depot": SimpleUploadedFile("a.pdf", b"MZ")})
    assert "n’est ni un PDF" in reponse.content.decode()
    assert not Document.objects.exists()


def test_le_fichier_d_un_document_ne_s_ouvre_pas_sans_droit(client, agent_sans_droit):
    client.force_login(agent_sans_droit)
    assert client.get(adresse("document_fichier", DocumentFactory().pk)).status_code == 403
