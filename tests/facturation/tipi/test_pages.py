"""The pages around a payment: what the parent reads, what cannot be paid, the régisseur's confirmation, expiry."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from facturation.compte.operations_affichees import factures_impayees
from facturation.erreurs import PaiementDejaFait, PaiementEnCours, PaiementImpossible
from facturation.models import NotificationTipi, PaiementEnLigne, Reglement
from facturation.models.facture import EtatFacture
from facturation.models.tipi.paiement_en_ligne import EtatPaiement
from facturation.tipi.passerelle import jeton
from tests.facturation import fabriques

COURRIEL = "jean.dupont@wanadoo.fr"


@pytest.fixture
def facture(regie, dupont):
    return fabriques.facture(regie, dupont.famille, "120.60", date(2015, 4, 1), date(2015, 4, 30))


@pytest.fixture
def parent(dupont) -> Client:
    return connecte(dupont.compte)


def connecte(compte) -> Client:
    client = Client()
    client.force_login(compte)
    return client


def page(facture) -> str:
    return reverse("facturation:paiement", args=[facture.pk])


def vieillir(paiement: PaiementEnLigne) -> None:
    PaiementEnLigne.objects.filter(pk=paiement.pk).update(cree_le=timezone.now() - timedelta(minutes=30))


def test_payer_conduit_au_tresor_public(parent, facture, settings):
    reverse("accueil")  # the addresses are those of a portal with its stand-in, whatever the next line says
    settings.TIPI_FACTICE = False
    reponse = parent.post(page(facture), {"courriel": COURRIEL})
    assert reponse.status_code == 302
    assert reponse.url.startswith("https://www.payfip.gouv.fr/tpa/paiement.web?")
    paiement = PaiementEnLigne.objects.get()
    assert (paiement.etat, paiement.montant, paiement.courriel) == (
        EtatPaiement.EN_ATTENTE,
        Decimal("120.60"),
        COURRIEL,
    )
    assert (paiement.numcli, paiement.exer, paiement.saisie) == ("012345", "2015", "T")


def test_le_montant_ne_vient_jamais_du_formulaire(parent, facture):
    parent.post(page(facture), {"courriel": COURRIEL, "montant": "1.00", "reste": "1.00", "refdet": "AL36AL36"})
    paiement = PaiementEnLigne.objects.get()
    assert paiement.montant == Decimal("120.60")
    assert paiement.refdet != "AL36AL36"


def test_on_paie_ce_qui_reste(parent, facture, dupont, regie):
    Reglement.objects.enregistrer(dupont.famille, regie, Decimal("20.60"), "cheque", le=date(2015, 4, 9), par=None)
    parent.post(page(facture), {"courriel": COURRIEL})
    assert PaiementEnLigne.objects.get().montant == Decimal("100.00")


def test_le_voisin_ne_paie_ni_ne_suit(facture, martin):
    voisin = connecte(martin.compte)
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    assert voisin.get(page(facture)).status_code == 404
    assert voisin.post(page(facture), {"courriel": COURRIEL}).status_code == 404
    assert voisin.get(paiement.get_absolute_url()).status_code == 404


def test_deux_paiements_de_suite_n_en_ouvrent_qu_un(parent, facture):
    parent.post(page(facture), {"courriel": COURRIEL})
    assert parent.post(page(facture), {"courriel": COURRIEL}).url == page(facture)
    assert PaiementEnLigne.objects.count() == 1
    assert "Un paiement de cette facture est déjà en cours" in parent.get(page(facture)).text
    with pytest.raises(PaiementEnCours):
        PaiementEnLigne.objects.initier(facture, COURRIEL)


def test_postgresql_refuse_un_second_paiement_ouvert(facture):
    premier = PaiementEnLigne.objects.initier(facture, COURRIEL)
    premier.pk, premier.refdet = None, "AL36AUTRE"
    with pytest.raises(IntegrityError, match="un_paiement_ouvert_par_facture"), transaction.atomic():
        premier.save(force_insert=True)


def test_apres_trente_minutes_on_peut_recommencer(parent, facture):
    premier = PaiementEnLigne.objects.initier(facture, COURRIEL)
    vieillir(premier)
    assert "Votre essai précédent est resté sans réponse" in parent.get(page(facture)).text
    parent.post(page(facture), {"courriel": COURRIEL})
    etats = PaiementEnLigne.objects.order_by("pk").values_list("etat", flat=True)
    assert list(etats) == [EtatPaiement.EXPIRE, EtatPaiement.EN_ATTENTE]


def test_revenu_par_le_bouton_retour_on_reprend_le_meme_paiement(parent, facture):
    parti = parent.post(page(facture), {"courriel": COURRIEL}).url
    paiement = PaiementEnLigne.objects.get()
    for revenu in (page(facture), paiement.get_absolute_url()):
        assert "Reprendre le paiement" in parent.get(revenu).text
    assert parent.post(reverse("facturation:reprendre", args=[paiement.refdet])).url == parti
    assert PaiementEnLigne.objects.get().etat == EtatPaiement.EN_ATTENTE


def test_revenu_par_le_bouton_retour_on_recommence_sans_attendre(parent, facture):
    parent.post(page(facture), {"courriel": COURRIEL})
    premier = PaiementEnLigne.objects.get()
    apres = parent.post(reverse("facturation:interrompre", args=[premier.refdet]), follow=True)
    assert "Paiement interrompu" in apres.text
    # Nobody knows whether the first one was paid: it is said before the second.
    assert "Votre essai précédent est resté sans réponse" in parent.get(page(facture)).text
    parent.post(page(facture), {"courriel": COURRIEL})
    etats = PaiementEnLigne.objects.order_by("pk").values_list("etat", flat=True)
    assert list(etats) == [EtatPaiement.INTERROMPU, EtatPaiement.EN_ATTENTE]


def test_interrompre_un_paiement_que_le_tresor_vient_de_confirmer_n_y_change_rien(parent, facture):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    paiement.regler(numauto="A1")
    for geste in ("interrompre", "reprendre"):
        reponse = parent.post(reverse(f"facturation:{geste}", args=[paiement.refdet]), follow=True)
        assert "Paiement confirmé" in reponse.text
    assert PaiementEnLigne.objects.get().etat == EtatPaiement.PAYE


def test_le_voisin_ne_reprend_ni_n_interrompt(facture, martin):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    for geste in ("interrompre", "reprendre"):
        adresse = reverse(f"facturation:{geste}", args=[paiement.refdet])
        assert connecte(martin.compte).post(adresse).status_code == 404
    assert PaiementEnLigne.objects.get().est_ouvert


def test_un_paiement_trop_ancien_ne_se_reprend_pas(parent, facture):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    vieillir(paiement)
    reponse = parent.post(reverse("facturation:reprendre", args=[paiement.refdet]))
    assert reponse.url == paiement.get_absolute_url()
    assert "Reprendre le paiement" not in parent.get(reponse.url).text


@pytest.mark.parametrize("montant", ["0.99", "10000.00"])
def test_hors_des_bornes_de_tipi_la_page_dit_comment_payer(parent, regie, dupont, montant):
    due = fabriques.facture(regie, dupont.famille, montant, date(2015, 4, 1), date(2015, 4, 30))
    texte = parent.get(page(due)).text
    assert "Le paiement en ligne va de 1,00\u00a0€ à 9\u202f999,99\u00a0€." in texte
    assert "Par chèque" in texte
    assert "<form class" not in texte
    parent.post(page(due), {"courriel": COURRIEL})
    assert not PaiementEnLigne.objects.exists()


@pytest.mark.parametrize("montant", ["1.00", "9999.99"])
def test_aux_bornes_de_tipi_on_paie(parent, regie, dupont, montant):
    due = fabriques.facture(regie, dupont.famille, montant, date(2015, 4, 1), date(2015, 4, 30))
    assert parent.post(page(due), {"courriel": COURRIEL}).url.startswith("/tipi-factice/paiement/?")


def test_une_regie_sans_numero_de_client_ne_se_paie_pas_en_ligne(parent, facture, regie):
    regie.numcli = ""
    regie.save()
    assert "Cette régie ne reçoit pas de paiement en ligne." in parent.get(page(facture)).text
    assert page(facture) not in parent.get("/releve/?annee=2014-2015").text


def test_une_facture_reglee_ne_se_paie_plus(parent, facture, dupont, regie):
    Reglement.objects.enregistrer(dupont.famille, regie, Decimal("120.60"), "cheque", le=date(2015, 4, 9), par=None)
    assert f"La facture {facture.reference} est réglée." in parent.get(page(facture)).text
    with pytest.raises(PaiementImpossible):
        PaiementEnLigne.objects.initier(facture, COURRIEL)


def test_plusieurs_factures_se_paient_l_une_apres_l_autre(parent, facture, regie, dupont):
    fabriques.facture(regie, dupont.famille, "10.00", date(2015, 5, 1), date(2015, 5, 31))
    assert "Vous avez 1\u00a0autre facture à payer" in parent.get(page(facture)).text


def test_la_reference_ne_se_devine_pas(facture):
    refdets = set()
    for _ in range(20):
        paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
        paiement.clore(EtatPaiement.ABANDONNE)
        refdets.add(paiement.refdet)
    assert len(refdets) == 20
    assert all(refdet.startswith("AL1") and refdet.isalnum() and 6 <= len(refdet) <= 30 for refdet in refdets)


# --- The régisseur --------------------------------------------------------------------------------


def test_le_regisseur_confirme_a_la_main_avec_un_motif(facture, regisseur, django_capture_on_commit_callbacks):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    paiement.clore(EtatPaiement.EXPIRE)
    corps = f"refdet={paiement.refdet}&resultrans=P&montant=12060&numcli=012345&exer=2015&saisie=T"
    NotificationTipi.objects.recevoir(corps, jeton=jeton(paiement.refdet), origine_admise=False)
    client = connecte(regisseur)
    chemin = reverse("admin:facturation_paiementenligne_confirmation", args=[paiement.pk])
    assert client.post(chemin, {"motif": " "}).status_code == 200
    assert not Reglement.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(chemin, {"motif": "Relevé du Trésor public du 10/04"})
    paiement.refresh_from_db()
    assert (paiement.etat, paiement.confirme_par, paiement.reglement.par) == (EtatPaiement.PAYE, regisseur, regisseur)
    assert (facture.reste_a_payer(), len(mail.outbox)) == (0, 1)
    assert not NotificationTipi.objects.a_examiner().exists()
    with pytest.raises(PaiementDejaFait):
        paiement.confirmer(motif="Encore", par=regisseur)


def test_ce_que_le_regisseur_a_confirme_ne_se_dit_pas_confirme_par_le_tresor(
    facture, parent, regisseur, django_capture_on_commit_callbacks
):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    with django_capture_on_commit_callbacks(execute=True):
        paiement.confirmer(motif="Relevé du Trésor public du 10/04", par=regisseur)
    recu = mail.outbox[0]
    (html,) = [corps.content for corps in recu.alternatives]
    page_du_paiement = parent.get(paiement.get_absolute_url()).text
    for texte in (recu.body, html, page_du_paiement):
        assert "Le centre a vérifié et enregistré votre paiement" in texte
        assert "Trésor public a confirmé" not in texte


def test_le_regisseur_voit_d_abord_ce_qui_est_a_examiner(facture, regisseur):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    NotificationTipi.objects.recevoir("illisible", jeton=jeton(paiement.refdet), origine_admise=True)
    client = connecte(regisseur)
    liste = reverse("admin:facturation_notificationtipi_changelist")
    assert client.get(liste).context["cl"].result_count == 1
    NotificationTipi.objects.update(note="Vu avec le Trésor")
    choix = {"action": "marquer_examinees", "_selected_action": [NotificationTipi.objects.get().pk]}
    client.post(liste, choix)
    assert client.get(liste).context["cl"].result_count == 0
    examinee = NotificationTipi.objects.get()
    assert (examinee.examinee_par, examinee.note) == (regisseur, "Vu avec le Trésor")


def test_le_regisseur_voit_les_paiements_du_jour(facture, regisseur):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    client = connecte(regisseur)
    liste = reverse("admin:facturation_paiementenligne_changelist")
    assert client.get(liste, {"jour": "aujourd_hui"}).context["cl"].result_count == 1
    PaiementEnLigne.objects.filter(pk=paiement.pk).update(cree_le=timezone.now() - timedelta(days=2))
    assert client.get(liste, {"jour": "aujourd_hui"}).context["cl"].result_count == 0
    assert client.get(liste, {"jour": "semaine"}).context["cl"].result_count == 1


def test_sans_filtre_le_paiement_d_hier_qui_attend_est_la(facture, regisseur):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    PaiementEnLigne.objects.filter(pk=paiement.pk).update(cree_le=timezone.now() - timedelta(days=20))
    client = connecte(regisseur)
    liste = reverse("admin:facturation_paiementenligne_changelist")
    for filtre in ({}, {"jour": "tous"}, {"q": paiement.refdet[:8]}):
        assert client.get(liste, filtre).context["cl"].result_count == 1
    page = client.get(reverse("admin:facturation_paiementenligne_change", args=[paiement.pk]))
    assert not page.context["has_absolute_url"]


def test_l_accueil_ne_confirme_pas(facture, agent):
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    chemin = reverse("admin:facturation_paiementenligne_confirmation", args=[paiement.pk])
    assert connecte(agent).post(chemin, {"motif": "Vu"}).status_code == 403
    assert not Reglement.objects.exists()


def test_expirer_paiements_ne_clot_que_les_anciens(facture, regie, dupont, capsys):
    ancien = PaiementEnLigne.objects.initier(facture, COURRIEL)
    vieillir(ancien)
    autre = fabriques.facture(regie, dupont.famille, "10.00", date(2015, 5, 1), date(2015, 5, 31))
    recent = PaiementEnLigne.objects.initier(autre, COURRIEL)
    call_command("expirer_paiements")
    assert capsys.readouterr().out == "1\u00a0paiement expiré.\n"
    ancien.refresh_from_db()
    recent.refresh_from_db()
    assert (ancien.etat, recent.etat) == (EtatPaiement.EXPIRE, EtatPaiement.INITIE)


def test_la_facture_se_dit_en_cours_de_paiement_une_demi_heure(facture, dupont):
    def etat() -> EtatFacture:
        return factures_impayees(dupont.famille, au=facture.date)[0].etat

    assert etat() == EtatFacture.A_REGLER
    paiement = PaiementEnLigne.objects.initier(facture, COURRIEL)
    assert etat() == EtatFacture.EN_COURS
    vieillir(paiement)
    assert etat() == EtatFacture.A_REGLER
