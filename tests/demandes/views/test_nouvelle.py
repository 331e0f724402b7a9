"""The form of a new request: opened, sent, acknowledged, or refused with a sentence."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from demandes.models import Demande
from tests.demandes.outils import PDF, accepter_telle_quelle, changer_de_mobile, deposer, lire, saisir
from tests.fabriques import EnfantFactory

pytestmark = pytest.mark.django_db


def test_le_crayon_ouvre_le_formulaire_rempli(parent):
    html = lire(parent, reverse("famille:mon_compte"))
    adresse = reverse("demandes:nouvelle", args=["responsable"])
    assert f'href="{adresse}"' in html
    assert 'value="12 RUE DES BONBONS"' in lire(parent, adresse)


def test_le_formulaire_rappelle_ce_qui_est_deja_demande(parent, dupont, agent):
    adresse = reverse("demandes:nouvelle", args=["responsable"])
    demande = changer_de_mobile(dupont)
    assert f'href="{demande.get_absolute_url()}"' in lire(parent, adresse)
    accepter_telle_quelle(demande, par=agent)
    assert f'href="{demande.get_absolute_url()}"' not in lire(parent, adresse)


def test_il_ne_rappelle_ni_une_autre_fiche_ni_un_autre_enfant_ni_la_voisine(parent, dupont, martin):
    (lea,) = dupont.enfants
    hugo = EnfantFactory(famille=dupont.famille, nom="DUPONT", prenom="Hugo")
    deposer(dupont, "fiscales", parts="2")
    changer_de_mobile(martin)
    deposer(dupont, "identite", hugo, classe="CP")
    pages = [
        reverse("demandes:nouvelle", args=["responsable"]),
        reverse("demandes:nouvelle_enfant", args=[lea.pk, "identite"]),
    ]
    assert [parent.get(page).context["attendent"] for page in pages] == [[], []]


def test_une_demande_envoyee_a_son_accuse_avec_numero_et_date(parent, dupont, time_machine):
    time_machine.move_to("2015-04-08 14:05 +0200")
    parent.force_login(dupont.compte)
    adresse = reverse("demandes:nouvelle", args=["responsable"])
    html = parent.post(adresse, saisir(dupont, "responsable", mobile="0601020304"), follow=True).content.decode()
    assert f"n°\u00a0{Demande.objects.get().pk}" in html
    assert "mercredi 8 avril 2015 à 14\u00a0h\u00a005" in html


def test_ajouter_un_enfant_ne_parle_pas_de_corriger_et_ramene_a_mes_enfants(parent):
    html = lire(parent, reverse("demandes:nouvelle", args=["ajouter-enfant"]))
    assert "Corrigez" not in html
    assert "Remplissez la fiche de votre enfant, puis envoyez." in html
    assert re.search(
        rf'<p><a class="retour" href="{reverse("famille:enfants")}">.*?Mes enfants</a></p>', html, re.DOTALL
    )


def test_un_quotient_illisible_n_a_qu_une_phrase(parent, dupont):
    adresse = reverse("demandes:nouvelle", args=["caf"])
    contenu = parent.post(adresse, saisir(dupont, "caf", quotient="beaucoup", date_effet="2015-01-01")).context[
        "contenu"
    ]
    assert contenu.errors == {"quotient": ["Saisissez un nombre entier."]}
    contenu = parent.post(adresse, saisir(dupont, "caf", quotient="", date_effet="2015-01-01")).context["contenu"]
    assert contenu.errors == {"quotient": ["Le quotient familial et sa date vont ensemble."]}


def test_rien_de_change_est_dit_et_n_est_pas_envoye(parent, dupont):
    reponse = parent.post(reverse("demandes:nouvelle", args=["responsable"]), saisir(dupont, "responsable"))
    assert "Vous n’avez rien modifié" in reponse.content.decode()
    assert not Demande.objects.exists()


def test_une_faute_est_dite_et_la_saisie_gardee(parent, dupont):
    champs = saisir(dupont, "responsable", code_postal="314", employeur="Mairie")
    reponse = parent.post(reverse("demandes:nouvelle", args=["responsable"]), champs)
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Un code postal compte 5 chiffres." in html
    assert 'value="Mairie"' in html


def test_un_justificatif_suffit_a_faire_une_demande_et_n_est_servi_qu_a_la_famille(parent, voisine, agent, dupont):
    fichier = SimpleUploadedFile("avis.pdf", PDF)
    champs = saisir(dupont, "fiscales") | {"avec-pieces": [fichier], "avec-commentaire": "Mon avis."}
    parent.post(reverse("demandes:nouvelle", args=["fiscales"]), champs)
    piece = Demande.objects.get().pieces.get()
    assert _contenu(parent.get(piece.get_absolute_url())) == PDF
    assert voisine.get(piece.get_absolute_url()).status_code == 404
    assert Client().get(piece.get_absolute_url()).status_code == 302
    bureau = Client()
    bureau.force_login(agent)
    au_bureau = reverse("admin:demandes_demande_piece", args=[piece.demande_id, piece.pk])
    assert _contenu(bureau.get(au_bureau)) == PDF
    assert parent.get(au_bureau).status_code == 403


def _contenu(reponse) -> bytes:
    return b"".join(reponse.streaming_content)


def test_un_fichier_qui_n_est_pas_ce_qu_il_dit_est_refuse(parent, dupont):
    champs = saisir(dupont, "fiscales") | {"avec-pieces": [SimpleUploadedFile("avis.pdf", b"MZ\x90")]}
    html = parent.post(reverse("demandes:nouvelle", args=["fiscales"]), champs).content.decode()
    assert "n’est ni un PDF" in html
    assert not Demande.objects.exists()


@pytest.mark.parametrize("adresse", ["/demandes/nouvelle/inconnue/", "/demandes/nouvelle/identite/"])
def test_un_genre_inconnu_ou_sans_son_enfant_n_existe_pas(parent, adresse):
    assert parent.get(adresse).status_code == 404


def test_un_genre_du_compte_ne_s_ouvre_pas_sur_un_enfant(parent, dupont):
    adresse = reverse("demandes:nouvelle_enfant", args=[dupont.enfants[0].pk, "bancaires"])
    assert parent.get(adresse).status_code == 404
