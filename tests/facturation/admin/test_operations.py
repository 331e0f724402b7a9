"""The régie at work: receive, cancel, correct, search; what is issued is only read."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection

from facturation.models import Avoir, Facture, Reglement
from tests.fabriques import CompteFactory
from tests.facturation import fabriques
from tests.facturation.admin.pages import adresse, connecter

MAI_2015 = time_machine.travel("2015-05-20 09:00+02:00", tick=False)


@pytest.fixture
def facture(dupont) -> Facture:
    return fabriques.operations(dupont.famille)[0]


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
    assert f"Le règlement {reglement.reference} est déjà annulé." in bureau.get(chemin, follow=True).text


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


@pytest.mark.parametrize("modele", [Facture, Reglement])
def test_une_page_de_la_liste_se_lit_dans_son_ordre_sans_tout_trier(facture, modele):
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    plan = modele.objects.all()[:100].explain()
    assert f"Index Scan using {modele._meta.model_name}s_par_date" in plan
    assert "Sort" not in plan
