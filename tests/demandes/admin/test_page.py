"""Around a request, on its page: the record that has changed, the famille's other requests, its balance."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from demandes.models import Demande
from tests.demandes.bureau import adresse, page
from tests.demandes.outils import PDF, changer_de_mobile, deposer, saisir
from tests.facturation.fabriques import RegieFactory, facture

pytestmark = pytest.mark.django_db
A_CHANGE = "La fiche a changé depuis le dépôt de cette demande"


def test_un_champ_change_depuis_fait_avertir_tant_que_rien_n_est_decide(bureau, dupont, agent):
    demande = deposer(dupont, "responsable", mobile="06 01 02 03 04", employeur="Mairie")
    assert A_CHANGE not in bureau.get(page(demande)).text
    dupont.titulaire.mobile = "06 99 99 99 99"
    dupont.titulaire.save()
    assert A_CHANGE in bureau.get(page(demande)).text
    demande.refuser(par=agent, motif="Non.")
    assert A_CHANGE not in bureau.get(page(demande)).text


def test_un_enfant_peut_etre_deja_connu_d_une_autre_famille(bureau, dupont, agent):
    demande = deposer(dupont, "ajouter-enfant", prenom="Léa", nom="Dupont", date_naissance="2007-06-03")
    assert "est déjà connu du centre" in bureau.get(page(demande)).text
    demande.refuser(par=agent, motif="Doublon.")
    assert "est déjà connu du centre" not in bureau.get(page(demande)).text


def test_les_autres_demandes_sont_celles_de_la_famille_et_celles_que_l_agent_voit(bureau, dupont, martin):
    (lea,) = dupont.enfants
    demande, autre = changer_de_mobile(dupont), deposer(dupont, "fiscales", parts="2")
    deposer(dupont, "sanitaires", lea, allergies="Noisette")
    changer_de_mobile(martin)
    assert [une for une, _ in bureau.get(page(demande)).context["page"].autres] == [autre]


def test_la_page_mene_aux_pieces_jointes(bureau, parent, dupont, agent):
    envoi = saisir(dupont, "fiscales") | {"avec-pieces": [SimpleUploadedFile("avis.pdf", PDF)]}
    parent.force_login(dupont.compte)
    parent.post(reverse("demandes:nouvelle", args=["fiscales"]), envoi)
    demande = Demande.objects.get()
    bureau.force_login(agent)
    lien = reverse("admin:demandes_demande_piece", args=[demande.pk, demande.pieces.get().pk])
    assert f'href="{lien}">avis.pdf</a>' in bureau.get(page(demande)).text


def test_le_solde_de_la_famille_se_dit_a_qui_voit_les_factures(bureau, dupont, agent):
    demande = changer_de_mobile(dupont)
    assert "Elle ne doit rien." in bureau.get(page(demande)).text
    due = facture(RegieFactory(), dupont.famille, "0.80", date(2015, 3, 1), date(2015, 3, 31))
    assert "Elle doit 0,80\u00a0€ (Régie garderie ALSH)." in bureau.get(page(demande)).text
    due.etablir_avoir(due.montant, motif="Erreur", le=due.date, par=agent)
    assert "Elle ne doit rien." in bureau.get(page(demande)).text


def test_l_historique_d_une_demande_est_le_sien(bureau, dupont, martin):
    demande = changer_de_mobile(dupont)
    changer_de_mobile(martin)
    bureau.post(adresse("prise_en_charge", demande))
    historique = bureau.get(reverse("admin:demandes_demande_history", args=[demande.pk])).text
    assert "Prise en charge." in historique
    assert str(demande).replace("\u00a0", " ") in historique.replace("\u00a0", " ")


def test_une_adresse_sans_numero_n_ouvre_aucune_demande(bureau, dupont):
    Demande.objects.filter(pk=changer_de_mobile(dupont).pk).update(id=1)
    assert bureau.get(reverse("admin:demandes_demande_change", args=["toutes"])).status_code == 404
