"""« Les textes »: an unknown variable is named, what must be said is asked for, the origin is never far."""

import pytest
from django.test import Client

from courriels.textes.origine import TEXTES
from socle.models import Reglage
from socle.reglages.lecture import lire

LISTE, FACTURE = "/admin/guichet/reglages/textes/", "/admin/guichet/reglages/textes/facture_emise/"
BON = "Bonjour,\n\nFacture {facture}\u00a0: {montant}. {a_payer}"


@pytest.fixture
def direction(client: Client, directrice) -> Client:
    client.force_login(directrice)
    return client


def envoyer(direction: Client, **champs: str):
    return direction.post(FACTURE, {"version": "0", "sujet": "{sujet}", "corps": BON} | champs, follow=True)


def test_la_liste_les_a_tous_et_chacun_s_ouvre_sur_son_apercu(direction):
    page = direction.get(LISTE).content.decode()
    for cle, texte in TEXTES.items():
        assert texte.titre in page
        assert direction.get(f"{LISTE}{cle}/").status_code == 200
    assert direction.get(f"{LISTE}inconnu/").status_code == 404
    assert "120,60\u00a0€ pour la période du 01/04/2015" in direction.get(FACTURE).content.decode()


def test_ce_qui_tromperait_est_refuse_avec_une_phrase_et_revient_comme_envoye(direction):
    corps = "Bonjour {prenom},\n\n{facture}\u00a0: {montant}"
    page = envoyer(direction, sujet="{montant} à payer", corps=corps).content.decode()
    assert "La variable {prenom} n’existe pas ici" in page
    assert "Il manque {a_payer}" in page
    assert "La variable {montant} ne va pas dans l’objet" in page
    assert "Bonjour {prenom}," in page
    assert not Reglage.objects.exists()


def test_l_apercu_montre_sans_garder(direction):
    page = envoyer(direction, apercu="oui", corps=f"Chère famille,\n\n{BON}").content.decode()
    assert "<p>Chère famille,</p>" in page
    assert "Aperçu\u00a0: pas encore enregistré." in page
    assert "C’est le texte d’origine" not in page
    assert not Reglage.objects.exists()


def test_un_texte_se_garde_se_raconte_et_revient_a_l_origine(direction):
    assert "Le texte est enregistré" in envoyer(direction).content.decode()
    assert lire("texte:facture_emise")["corps"] == BON
    page = direction.get(LISTE).content.decode()
    assert "<strong>Modifié</strong>" in page
    assert "de retour" in direction.post(FACTURE, {"origine": "oui"}, follow=True).content.decode()
    assert lire("texte:facture_emise") == {}
    assert Reglage.objects.de("texte:facture_emise").count() == 2
