"""The notification address: what is believed, what is kept to be examined, what never settles anything."""

from datetime import date
from decimal import Decimal
from ipaddress import ip_network

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from facturation.compte.solde import solde
from facturation.models import NotificationTipi, PaiementEnLigne, Reglement
from facturation.models.tipi.notification import Jugement
from facturation.models.tipi.paiement_en_ligne import EtatPaiement
from facturation.tipi.passerelle import jeton
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


def test_un_paiement_confirme_regle_la_facture(paiement, facture, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert poster(paiement, dite(paiement)) == 200
    reglement = Reglement.objects.get()
    assert (reglement.mode, reglement.montant, reglement.precision) == ("tipi", Decimal("120.60"), paiement.refdet)
    assert facture.reste_a_payer() == 0
    paiement.refresh_from_db()
    assert (paiement.etat, paiement.numauto, paiement.reglement) == (EtatPaiement.PAYE, "123456", reglement)
    assert [courriel.to for courriel in mail.outbox] == [[COURRIEL]]
    assert "120,60\u00a0€" in mail.outbox[0].body
    assert paiement.get_absolute_url() in mail.outbox[0].body


@pytest.mark.parametrize(("resultrans", "attendu"), [("R", EtatPaiement.REFUSE), ("A", EtatPaiement.ABANDONNE)])
def test_un_paiement_refuse_ou_abandonne_ne_regle_rien(paiement, facture, resultrans, attendu):
    poster(paiement, dite(paiement, resultrans))
    assert (etat(paiement), Reglement.objects.count()) == (attendu, 0)
    assert PaiementEnLigne.objects.initier(facture, COURRIEL).montant == Decimal("120.60")


def test_la_notification_rejouee_ne_regle_qu_une_fois(paiement, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            assert poster(paiement, dite(paiement)) == 200
    assert Reglement.objects.count() == len(mail.outbox) == 1
    assert jugements() == [Jugement.ACCEPTEE, Jugement.SANS_EFFET, Jugement.SANS_EFFET]


def test_une_notification_plus_rapide_que_la_redirection_est_entendue(facture):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    poster(paiement, dite(paiement))
    paiement.partir()
    assert (paiement.etat, etat(paiement)) == (EtatPaiement.INITIE, EtatPaiement.PAYE)


@pytest.mark.parametrize(
    ("champ", "valeur", "jugement"),
    [
        ("montant", "100", Jugement.MONTANT),
        ("montant", "12061", Jugement.MONTANT),
        ("numcli", "12345", Jugement.NUMCLI),
        ("numcli", "999999", Jugement.NUMCLI),
        ("exer", "2016", Jugement.EXERCICE),
        ("saisie", "X", Jugement.SAISIE),
        ("montant", "120.60", Jugement.ILLISIBLE),
        ("montant", "", Jugement.ILLISIBLE),
        ("montant", "-12060", Jugement.ILLISIBLE),
        ("montant", "١٢٠٦٠", Jugement.ILLISIBLE),
        ("resultrans", "Q", Jugement.ILLISIBLE),
        ("resultrans", "p", Jugement.ILLISIBLE),
        ("refdet", "", Jugement.ILLISIBLE),
        ("refdet", "\x00\x00\x00\x00\x00\x00", Jugement.ILLISIBLE),
        ("refdet", "AL36\n", Jugement.ILLISIBLE),
    ],
)
def test_une_notification_qui_ne_repete_pas_ce_qui_est_parti_est_a_examiner(paiement, champ, valeur, jugement):
    assert poster(paiement, dite(paiement, **{champ: valeur})) == 200
    assert (etat(paiement), Reglement.objects.count(), jugements()) == (EtatPaiement.EN_ATTENTE, 0, [jugement])
    assert NotificationTipi.objects.a_examiner().count() == 1


def test_le_faux_resultrans_p_ne_regle_rien(paiement):
    """The attack of the best-known peer: POST `resultrans=P` with what one can read or guess."""
    for signe in ("x", "0" * 64, jeton("AL36"), jeton(paiement.refdet)[:-1], "é"):
        assert poster(paiement, dite(paiement), signe=signe) == 200
    assert (etat(paiement), Reglement.objects.count()) == (EtatPaiement.EN_ATTENTE, 0)
    assert jugements() == [Jugement.JETON] * 5


def test_un_jeton_juste_pour_une_reference_inconnue_est_a_examiner(paiement):
    corps = dite(paiement, refdet="AL36INCONNUE")
    assert poster(paiement, corps, signe=jeton("AL36INCONNUE")) == 200
    assert (jugements(), Reglement.objects.count()) == ([Jugement.INCONNUE], 0)


def test_le_parent_qui_connait_son_jeton_ne_se_confirme_pas_lui_meme(paiement, settings):
    """`urlcl` travels through their browser: its token is no secret to them; their network is not the Treasury's."""
    settings.TIPI_RESEAUX = [ip_network("145.242.0.0/16")]
    assert poster(paiement, dite(paiement), REMOTE_ADDR="203.0.113.7") == 200
    assert (etat(paiement), jugements(), Reglement.objects.count()) == (EtatPaiement.EN_ATTENTE, [Jugement.ORIGINE], 0)
    poster(paiement, dite(paiement), REMOTE_ADDR="145.242.3.4")
    assert etat(paiement) == EtatPaiement.PAYE


def test_derriere_un_relais_l_origine_est_celle_que_dit_notre_relais(paiement, settings):
    settings.TIPI_RESEAUX, settings.PROXYS = [ip_network("145.242.0.0/16")], 1
    menteur = "145.242.3.4, 203.0.113.7"
    poster(paiement, dite(paiement), REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=menteur)
    poster(paiement, dite(paiement), REMOTE_ADDR="10.0.0.1")
    assert (etat(paiement), jugements()) == (EtatPaiement.EN_ATTENTE, [Jugement.ORIGINE] * 2)
    poster(paiement, dite(paiement), REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="145.242.3.4")
    assert etat(paiement) == EtatPaiement.PAYE


def test_un_paiement_de_test_au_vrai_tresor_public_ne_regle_rien(paiement, settings):
    reverse("accueil")  # the addresses are those of a portal with its stand-in, whatever the next line says
    settings.TIPI_FACTICE = False
    poster(paiement, dite(paiement))
    assert (etat(paiement), jugements(), Reglement.objects.count()) == (EtatPaiement.EN_ATTENTE, [Jugement.ESSAI], 0)


def test_un_paiement_confirme_tard_regle_la_facture_encore_due(paiement):
    paiement.clore(EtatPaiement.EXPIRE)
    poster(paiement, dite(paiement))
    assert (etat(paiement), jugements(), Reglement.objects.count()) == (EtatPaiement.PAYE, [Jugement.ACCEPTEE], 1)


@pytest.mark.parametrize("clos", [None, EtatPaiement.EXPIRE, EtatPaiement.INTERROMPU])
def test_un_paiement_confirme_d_une_facture_reglee_entre_temps_est_un_credit_que_la_regie_voit(
    paiement, facture, regie, dupont, clos
):
    if clos:
        paiement.clore(clos)
    Reglement.objects.enregistrer(
        dupont.famille, regie, Decimal("0.60"), "cheque", le=date(2015, 4, 9), par=None, factures=[facture]
    )
    poster(paiement, dite(paiement))
    poster(paiement, dite(paiement))
    assert (etat(paiement), jugements()) == (EtatPaiement.PAYE, [Jugement.EN_CREDIT, Jugement.SANS_EFFET])
    assert NotificationTipi.objects.a_examiner().count() == 1
    assert (facture.reste_a_payer(), solde(dupont.famille)) == (0, Decimal("-0.60"))


@pytest.mark.parametrize(("lettre", "attendu"), [("R", Jugement.SANS_EFFET), ("A", Jugement.SANS_EFFET)])
def test_un_refus_arrive_apres_l_interruption_n_y_change_rien(paiement, lettre, attendu):
    paiement.interrompre()
    poster(paiement, dite(paiement, lettre))
    assert (etat(paiement), jugements()) == (EtatPaiement.INTERROMPU, [attendu])


def test_interrompu_puis_repaye_les_deux_sommes_sont_a_la_famille(paiement, facture, dupont):
    paiement.interrompre()
    second = PaiementEnLigne.objects.initier(facture, COURRIEL)
    poster(second, dite(second))
    poster(paiement, dite(paiement))
    assert (etat(second), etat(paiement)) == (EtatPaiement.PAYE, EtatPaiement.PAYE)
    assert jugements() == [Jugement.ACCEPTEE, Jugement.EN_CREDIT]
    assert solde(dupont.famille) == -facture.montant


def test_un_prelevement_est_paye_et_un_autre_refus_est_un_refus(paiement, facture):
    poster(paiement, dite(paiement, "Z"))
    assert (etat(paiement), Reglement.objects.count()) == (EtatPaiement.REFUSE, 0)
    autre = PaiementEnLigne.objects.initier(facture, COURRIEL)
    poster(autre, dite(autre, "V"))
    assert (etat(autre), Reglement.objects.count()) == (EtatPaiement.PAYE, 1)


def test_un_paiement_parti_avant_le_changement_de_cle_se_regle(paiement, settings):
    signe = jeton(paiement.refdet)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "une autre clé"
    assert jeton(paiement.refdet) != signe
    poster(paiement, dite(paiement), signe=signe)
    assert (etat(paiement), jugements()) == (EtatPaiement.PAYE, [Jugement.ACCEPTEE])


def test_une_ancienne_cle_retiree_ne_regle_plus_rien(paiement, settings):
    signe = jeton(paiement.refdet)
    settings.SECRET_KEY = "une autre clé"
    poster(paiement, dite(paiement), signe=signe)
    assert (etat(paiement), jugements()) == (EtatPaiement.EN_ATTENTE, [Jugement.JETON])


@pytest.mark.parametrize(
    ("suite", "attendus"),
    [
        ("PR", [Jugement.ACCEPTEE, Jugement.CONTRADICTOIRE]),
        ("PA", [Jugement.ACCEPTEE, Jugement.CONTRADICTOIRE]),
        ("RP", [Jugement.ACCEPTEE, Jugement.CONTRADICTOIRE]),
        ("AP", [Jugement.ACCEPTEE, Jugement.CONTRADICTOIRE]),
        ("AR", [Jugement.ACCEPTEE, Jugement.SANS_EFFET]),
        ("RR", [Jugement.ACCEPTEE, Jugement.SANS_EFFET]),
    ],
)
def test_ce_qui_se_contredit_est_a_examiner(paiement, suite, attendus):
    for resultrans in suite:
        poster(paiement, dite(paiement, resultrans))
    assert jugements() == attendus
    assert Reglement.objects.count() == (1 if suite[0] == "P" else 0)


def test_le_contenu_est_garde_tel_quel(paiement):
    corps = dite(paiement, montant="1", objet="é\x00'\"<script>")
    poster(paiement, corps)
    assert NotificationTipi.objects.get().corps == corps


def test_des_octets_quelconques_sont_gardes_sans_erreur(paiement):
    client = Client()
    assert client.post("/paiements/notification/x/", b"\x00\xff\xfe", content_type=FORMULAIRE).status_code == 200
    assert jugements() == [Jugement.ILLISIBLE]
