"""The door of notifications: what it keeps, what it never tells, and how many at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from facturation.models import NotificationTipi, PaiementEnLigne, Reglement
from facturation.models.tipi import notification as module
from facturation.models.tipi.notification import Jugement
from facturation.models.tipi.paiement_en_ligne import EtatPaiement
from facturation.tipi.passerelle import adresse_de_notification, jeton
from tests.fabriques import FamilleFactory
from tests.facturation import fabriques
from tests.facturation.tipi.outils import COURRIEL, FORMULAIRE, dite, etat, jugements, poster


@pytest.fixture
def facture(regie, dupont):
    return fabriques.facture(regie, dupont.famille, "120.60", date(2015, 4, 1), date(2015, 4, 30))


@pytest.fixture
def paiement(facture) -> PaiementEnLigne:
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    paiement.partir()
    return paiement


def test_l_adresse_ne_revele_rien(paiement):
    """Same answer whatever one says; and only to a POST."""
    reponses = {
        (reponse.status_code, reponse.content)
        for corps, signe in (
            (dite(paiement), jeton(paiement.refdet)),
            (dite(paiement), "faux"),
            ("", "faux"),
        )
        for reponse in [Client().post(f"/paiements/notification/{signe}/", corps, content_type=FORMULAIRE)]
    }
    assert reponses == {(200, b"")}
    assert Client().get(f"/paiements/notification/{jeton(paiement.refdet)}/", {"resultrans": "P"}).status_code == 405


def test_un_contenu_trop_long_n_est_pas_lu(paiement):
    assert poster(paiement, dite(paiement) + "&x=" + "x" * 5000) == 413
    assert not NotificationTipi.objects.exists()


def test_un_flot_de_fausses_notifications_n_arrete_pas_la_vraie(paiement, monkeypatch):
    monkeypatch.setattr(module, "SANS_PREUVE_PAR_MINUTE", 3)
    statuts = [poster(paiement, dite(paiement, refdet="INCONNUE1"), signe="faux") for _ in range(5)]
    assert statuts == [200, 200, 200, 429, 429]
    assert NotificationTipi.objects.count() == 3
    assert not NotificationTipi.objects.a_examiner().exists()
    # It names a payment of ours: not anybody's.
    assert poster(paiement, dite(paiement), signe="faux") == 200
    assert NotificationTipi.objects.a_examiner().get().verdict == Jugement.JETON
    assert poster(paiement, dite(paiement)) == 200
    assert etat(paiement) == EtatPaiement.PAYE


def test_un_flot_d_une_horloge_en_avance_ne_ferme_pas_la_porte(paiement, monkeypatch):
    monkeypatch.setattr(module, "SANS_PREUVE_PAR_MINUTE", 1)
    assert poster(paiement, dite(paiement, refdet="INCONNUE1"), signe="faux") == 200
    NotificationTipi.objects.update(recue_le=timezone.now() + timedelta(days=1))
    assert poster(paiement, dite(paiement, refdet="INCONNUE1"), signe="faux") == 200


def test_un_jeton_juste_ne_parle_pas_sans_fin(paiement, monkeypatch):
    monkeypatch.setattr(module, "PAR_PAIEMENT", 2)
    assert [poster(paiement, dite(paiement, montant="1")) for _ in range(3)] == [200, 200, 429]
    # The Treasury's own is kept and believed, whatever came before it.
    assert poster(paiement, dite(paiement)) == 200
    assert etat(paiement) == EtatPaiement.PAYE


def test_le_retour_du_navigateur_ne_regle_rien(paiement, dupont):
    client = Client()
    client.force_login(dupont.compte)
    page = client.get(f"{paiement.get_absolute_url()}?{dite(paiement)}")
    assert "Paiement en attente de confirmation" in page.text
    assert client.post(paiement.get_absolute_url(), {"resultrans": "P"}).status_code == 405
    assert (etat(paiement), Reglement.objects.count()) == (EtatPaiement.EN_ATTENTE, 0)


def test_une_facture_payee_entre_temps_au_guichet_laisse_un_credit(paiement, facture, regie, dupont):
    Reglement.objects.enregistrer(
        dupont.famille, regie, Decimal("120.60"), "cheque", le=date(2015, 4, 9), par=None, factures=[facture]
    )
    poster(paiement, dite(paiement))
    assert Reglement.objects.en_credit().get().credit == Decimal("120.60")


def test_l_adresse_qui_part_au_tresor_est_celle_qui_entend(paiement):
    adresse = adresse_de_notification(paiement.refdet)
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/paiements/notification/[0-9a-f]{64}/", adresse)
    assert len(adresse) <= 250


def test_un_paiement_d_une_horloge_en_avance_ne_tient_pas_sa_facture(paiement):
    """It was opened while the clock was a day ahead."""
    PaiementEnLigne.objects.filter(pk=paiement.pk).update(cree_le=timezone.now() + timedelta(days=1))
    call_command("expirer_paiements")
    assert etat(paiement) == EtatPaiement.EXPIRE


@pytest.mark.django_db(transaction=True)
def test_vingt_notifications_identiques_ensemble_donnent_un_reglement(sans_pdf):
    regie = fabriques.RegieFactory()
    facture = fabriques.facture(regie, FamilleFactory(), "120.60", date(2015, 4, 1), date(2015, 4, 30))
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)

    def envoyer(_: int) -> int:
        try:
            return poster(paiement, dite(paiement))
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as fils:
        assert list(fils.map(envoyer, range(20))) == [200] * 20
    assert (Reglement.objects.count(), facture.reste_a_payer()) == (1, 0)
    assert sorted(jugements()) == [Jugement.ACCEPTEE] + [Jugement.SANS_EFFET] * 19
    assert [courriel.to for courriel in mail.outbox] == [[COURRIEL]]
