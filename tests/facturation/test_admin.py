"""The régie at work: receive, print, cancel, correct; preview and issue a campaign; what is issued is only read."""

import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from facturation.campagne.emission import Emission
from facturation.campagne.taches import calculer_apercu, demander_apercu
from facturation.models import ApercuDeCampagne, Avoir, Cahier, CampagneDeFacturation, Facture, Reglement, Tarif
from facturation.papiers.cahier import relier
from facturation.papiers.rendu import rendre
from francais import date_courte
from tests.fabriques import CompteFactory

from . import fabriques
from .ville import OCTOBRE, batir, foyer, inscrire, reserver

LE_2_NOVEMBRE = time_machine.travel("2026-11-02 09:00+01:00", tick=False)
MAI_2015 = time_machine.travel("2015-05-20 09:00+02:00", tick=False)


def connecter(compte) -> Client:
    client = Client()
    client.force_login(compte, backend="famille.connexion.CompteDuPortail")
    return client


@pytest.fixture
def bureau(regisseur) -> Client:
    return connecter(regisseur)


@pytest.fixture
def facture(dupont) -> Facture:
    return fabriques.operations(dupont.famille)[0]


def adresse(modele: str, page: str, *args: int) -> str:
    return reverse(f"admin:facturation_{modele}_{page}", args=args)


def saisie(foyer, regie, **options) -> dict:
    return {
        "famille": foyer.famille.pk,
        "regie": regie.pk,
        "montant": "50,00",
        "mode": "cheque",
        "date": "20/05/2015",
        "precision": "N° 12",
    } | options


@MAI_2015
def test_un_reglement_se_saisit_et_paie_la_plus_ancienne(bureau, dupont, regie, regisseur):
    mars = fabriques.facture(regie, dupont.famille, "40.00", date(2015, 3, 1), date(2015, 3, 31), le=date(2015, 4, 1))
    avril = fabriques.facture(regie, dupont.famille, "40.00", date(2015, 4, 1), date(2015, 4, 30), le=date(2015, 5, 1))
    reponse = bureau.post(adresse("reglement", "add"), saisie(dupont, regie))
    assert reponse.status_code == 302
    reglement = Reglement.objects.get()
    assert (reglement.montant, reglement.par, reglement.precision) == (Decimal("50.00"), regisseur, "N° 12")
    assert (mars.reste_a_payer(), avril.reste_a_payer()) == (Decimal("0.00"), Decimal("30.00"))


@MAI_2015
def test_on_coche_la_facture_a_payer(bureau, dupont, regie):
    fabriques.facture(regie, dupont.famille, "40.00", date(2015, 3, 1), date(2015, 3, 31), le=date(2015, 4, 1))
    avril = fabriques.facture(regie, dupont.famille, "40.00", date(2015, 4, 1), date(2015, 4, 30), le=date(2015, 5, 1))
    page = bureau.get(adresse("reglement", "add"), {"famille": dupont.famille.pk})
    assert "AL-2, 01/04/2015 - 30/04/2015, reste 40,00" in page.text
    bureau.post(adresse("reglement", "add"), saisie(dupont, regie, montant="40,00", factures=[avril.pk]))
    assert avril.reste_a_payer() == 0


@MAI_2015
def test_la_facture_d_une_autre_famille_ne_se_coche_pas(bureau, dupont, martin, regie, facture):
    reponse = bureau.post(adresse("reglement", "add"), saisie(martin, regie, factures=[facture.pk]))
    assert reponse.status_code == 200
    assert not martin.famille.reglements.exists()


@MAI_2015
@pytest.mark.parametrize("erreur", [{"montant": "0"}, {"montant": "-3"}, {"date": "21/05/2015"}, {"mode": "troc"}])
def test_une_saisie_impossible_revient_remplie(bureau, dupont, regie, erreur):
    reponse = bureau.post(adresse("reglement", "add"), saisie(dupont, regie, **erreur))
    assert reponse.status_code == 200
    assert "N° 12" in reponse.text
    assert not Reglement.objects.exists()


@MAI_2015
def test_un_reglement_s_annule_avec_un_motif(bureau, facture, dupont):
    reglement = dupont.famille.reglements.get()
    chemin = adresse("reglement", "annulation", reglement.pk)
    assert bureau.get(chemin).status_code == 200
    assert bureau.post(chemin, {"motif": ""}).status_code == 200
    assert not hasattr(Reglement.objects.get(pk=reglement.pk), "annulation")
    assert bureau.post(chemin, {"motif": "Sans provision"}).status_code == 302
    assert Reglement.objects.get(annule=reglement).motif == "Sans provision"
    assert "déjà annulé" in bureau.post(chemin, {"motif": "Encore"}).text


@MAI_2015
def test_un_avoir_s_etablit_depuis_la_facture(bureau, facture):
    chemin = adresse("facture", "avoir", facture.pk)
    assert "va de 0,01" in bureau.post(chemin, {"montant": "500", "motif": "Trop"}).text
    assert bureau.post(chemin, {"montant": "10,60", "motif": "Repas non servi"}).status_code == 302
    assert Avoir.objects.filter(motif="Repas non servi").get().montant == Decimal("10.60")


@MAI_2015
def test_une_facture_s_annule_par_un_avoir(bureau, regie, martin):
    facture = fabriques.facture(regie, martin.famille, "40.00", date(2015, 3, 1), date(2015, 3, 31))
    bureau.post(adresse("facture", "annulation", facture.pk), {"motif": "Facturée à tort"})
    assert facture.reste_a_payer() == 0


@pytest.mark.parametrize("modele", ["facture", "reglement", "avoir"])
def test_meme_un_superutilisateur_ne_change_ni_ne_supprime_rien(facture, dupont, modele):
    direction = connecter(CompteFactory(identifiant="direction", is_staff=True, is_superuser=True))
    pk = {"facture": facture, "reglement": dupont.famille.reglements.get(), "avoir": dupont.famille.avoirs.get()}[
        modele
    ].pk
    assert direction.get(adresse(modele, "change", pk)).status_code == 200
    assert direction.post(adresse(modele, "change", pk), {}).status_code == 403
    assert direction.post(adresse(modele, "delete", pk), {"post": "yes"}).status_code == 403


@MAI_2015
@pytest.mark.parametrize(("reste", "attendu"), [("du", ["AL-1"]), ("retard", ["AL-1"]), ("regle", ["AL-2"])])
def test_les_factures_se_filtrent_par_ce_qui_reste(bureau, facture, regie, martin, reste, attendu):
    fabriques.facture(regie, martin.famille, "5.00", date(2015, 3, 1), date(2015, 3, 31))
    Reglement.objects.enregistrer(martin.famille, regie, Decimal(5), "especes", le=date(2015, 5, 1), par=None)
    page = bureau.get(adresse("facture", "changelist"), {"reste": reste})
    assert [f.reference for f in page.context["cl"].result_list] == attendu


@pytest.mark.parametrize("cherche", ["AL-1", "1", "dupont", "Léa"])
def test_une_operation_se_cherche_par_numero_ou_famille(bureau, facture, cherche):
    page = bureau.get(adresse("facture", "changelist"), {"q": cherche})
    assert [f.pk for f in page.context["cl"].result_list] == [facture.pk]


def test_un_tarif_sans_tranche_du_haut_est_refuse(bureau):
    tarif = fabriques.prestation_tarifee()
    tranche = tarif.tranches.get()
    donnees = {
        "prestation": tarif.prestation_id,
        "du": "01/09/2014",
        "au": "",
        "unite": "repas",
        "pas_minutes": "30",
        "arrondi": "superieur",
        "absence_pourcent": "100",
        "majoration_pourcent": "0",
        "tranches-TOTAL_FORMS": "1",
        "tranches-INITIAL_FORMS": "1",
        "tranches-0-id": tranche.pk,
        "tranches-0-tarif": tarif.pk,
        "tranches-0-resident": "3,60",
        "tranches-0-exterieur": "7.20",
    }
    chemin = adresse("tarif", "change", tarif.pk)
    assert "une tranche sans limite" in bureau.post(chemin, donnees | {"tranches-0-qf_max": "800"}).text
    assert bureau.post(chemin, donnees | {"tranches-0-qf_max": ""}).status_code == 302
    assert Tarif.objects.get().grille.tranche(None).numero == 1


@LE_2_NOVEMBRE
def test_une_campagne_se_prepare_s_emet_et_s_imprime(bureau, django_capture_on_commit_callbacks):
    ville = batir()
    for prenom in ("Zoé", "Ali"):
        famille, enfant = foyer(prenom)
        reserver(inscrire(famille, enfant, ville.cantine), [1, 2])
    du, au = OCTOBRE
    with django_capture_on_commit_callbacks(execute=True):
        reponse = bureau.post(
            adresse("campagnedefacturation", "add"),
            {"regie": ville.regie.pk, "du": date_courte(du), "au": date_courte(au)},
        )
    campagne = CampagneDeFacturation.objects.get()
    apercu = adresse("campagnedefacturation", "apercu", campagne.pk)
    assert reponse.url == apercu
    page = bureau.get(apercu).text
    assert "2\u00a0factures" in page
    assert "14,40\u00a0€" in page
    assert not Facture.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        bureau.post(adresse("campagnedefacturation", "emission", campagne.pk))
    assert Facture.objects.count() == 2
    cahier = Cahier.objects.get()
    lien = adresse("campagnedefacturation", "cahier", campagne.pk, cahier.pk)
    page = bureau.get(apercu)
    assert "Campagne émise le 02/11/2026" in page.text
    assert f'<a href="{lien}">Factures AL-1 à AL-2 en un PDF</a> (2\u00a0factures' in page.text
    assert "Refresh" not in page
    pages = PdfReader(io.BytesIO(b"".join(bureau.get(lien).streaming_content))).pages
    assert ["Facture AL-1" in pages[0].extract_text(), "Facture AL-2" in pages[1].extract_text()] == [True, True]


@pytest.fixture
def file_arretee(settings) -> None:
    """Nobody works: what is asked of the queue waits."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@LE_2_NOVEMBRE
def test_tant_que_l_apercu_se_calcule_la_page_revient_et_rien_ne_s_emet(bureau, file_arretee):
    ville = batir()
    campagne = ville.campagne()
    chemin = adresse("campagnedefacturation", "apercu", campagne.pk)
    assert "Calculer l’aperçu" in bureau.get(chemin).text
    bureau.post(adresse("campagnedefacturation", "calcul", campagne.pk))
    campagne.apercu.avancer(500, 2000)
    page = bureau.get(chemin)
    assert page["Refresh"] == "2"
    assert "500\u00a0familles sur 2000" in page.text
    assert "Émettre" not in page.text
    calculer_apercu.call(campagne.apercu.pk)
    page = bureau.get(chemin)
    assert "Refresh" not in page
    assert "Émettre 0\u00a0facture" in page.text
    assert "Calculé le 02/11/2026 à 9\u00a0h" in page.text


@LE_2_NOVEMBRE
def test_un_apercu_redemande_oublie_celui_d_avant(bureau, file_arretee):
    campagne = batir().campagne()
    demander_apercu(campagne, au=date(2026, 11, 1))
    ancien = campagne.apercu
    bureau.post(adresse("campagnedefacturation", "calcul", campagne.pk))
    calculer_apercu.call(ancien.pk)
    ancien.conclure({})
    assert not ApercuDeCampagne.objects.get().est_pret


@LE_2_NOVEMBRE
def test_une_campagne_ne_s_emet_pas_d_un_simple_clic_ni_sans_droit(bureau, agent):
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    chemin = adresse("campagnedefacturation", "emission", ville.campagne().pk)
    bureau.get(chemin)
    assert connecter(agent).post(chemin).status_code == 403
    assert not Facture.objects.exists()


@LE_2_NOVEMBRE
def test_tant_que_les_pdf_manquent_l_imprimeur_attend(
    bureau, file_arretee, settings, django_capture_on_commit_callbacks
):
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    campagne = Emission(ville.campagne(), le=date(2026, 11, 2), par=None).emettre()
    chemin = adresse("campagnedefacturation", "apercu", campagne.pk)
    page = bureau.get(chemin)
    assert page["Refresh"] == "2"
    assert "PDF prêts\u00a0: 0 sur 1" in page.text
    assert "Pour l’imprimeur" not in page.text
    # The worker that had them died; another one comes.
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        bureau.post(adresse("campagnedefacturation", "impression", campagne.pk))
    assert "PDF prêts\u00a0: 0 sur 1" in bureau.get(chemin).text, "somebody may still be at it"
    with time_machine.travel("2026-11-02 09:20+01:00", tick=False):
        assert "Relancer la préparation des PDF" in bureau.get(chemin).text
        bureau.get(adresse("campagnedefacturation", "impression", campagne.pk))
        assert "PDF prêts\u00a0: 0 sur 1" in bureau.get(chemin).text
        with django_capture_on_commit_callbacks(execute=True):
            bureau.post(adresse("campagnedefacturation", "impression", campagne.pk))
        page = bureau.get(chemin)
    assert "Refresh" not in page
    assert "Factures AL-1 en un PDF" in page.text


@LE_2_NOVEMBRE
def test_on_n_emet_qu_un_apercu_du_jour(bureau, file_arretee):
    """One of the middle of the month does not know the last rolls; an issue that is asked for shows at once."""
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    campagne = ville.campagne()
    chemin, emission = (adresse("campagnedefacturation", page, campagne.pk) for page in ("apercu", "emission"))
    demander_apercu(campagne, au=date(2026, 10, 20))
    calculer_apercu.call(campagne.apercu.pk)
    page = bureau.get(chemin).text
    assert "recalculez-le avant d’émettre" in page
    assert "Émettre 1" not in page
    bureau.post(emission)
    campagne.refresh_from_db()
    assert campagne.est_en_preparation
    demander_apercu(campagne, au=date(2026, 11, 2))
    calculer_apercu.call(ApercuDeCampagne.objects.get().pk)
    assert "Émettre 1\u00a0facture" in bureau.get(chemin).text
    bureau.post(emission)
    page = bureau.get(chemin)
    assert "Émission en cours" in page.text
    assert page["Refresh"] == "2"
    assert "Reprendre l’émission" in page.text


@LE_2_NOVEMBRE
def test_un_apercu_perdu_se_dit(bureau, file_arretee):
    campagne = batir().campagne()
    demander_apercu(campagne, au=date(2026, 11, 2))
    with time_machine.travel("2026-11-02 09:20+01:00", tick=False):
        page = bureau.get(adresse("campagnedefacturation", "apercu", campagne.pk))
    assert "L’aperçu demandé n’est pas arrivé" in page.text
    assert "Refresh" not in page


@pytest.fixture
def agent_de_campagne(db):
    """May see campaigns, not invoices."""
    compte = CompteFactory(is_staff=True)
    compte.user_permissions.add(Permission.objects.get(codename="view_campagnedefacturation"))
    return compte


@LE_2_NOVEMBRE
def test_sans_le_droit_de_lire_les_factures_pas_de_cahier(bureau, agent_de_campagne):
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    campagne = Emission(ville.campagne(), le=date(2026, 11, 2), par=None).emettre()
    rendre([facture.pk for facture in campagne.factures.all()])
    relier(campagne)
    chemin = adresse("campagnedefacturation", "cahier", campagne.pk, campagne.cahiers.get().pk)
    assert connecter(agent_de_campagne).get(chemin).status_code == 403
