"""A receipt says what the payment pays now: the net of each invoice, and what is left; their sum is the amount."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from facturation.models import Reglement
from facturation.papiers.recu import imprimer_recu
from tests.facturation import fabriques

LE = date(2015, 4, 8)
MARS = (date(2015, 3, 1), date(2015, 3, 31))
AVRIL = (date(2015, 4, 1), date(2015, 4, 30))


def payer(foyer, regie, montant: str) -> Reglement:
    return Reglement.objects.enregistrer(foyer.famille, regie, Decimal(montant), "cheque", le=LE, par=None)


def papier(reglement: Reglement) -> str:
    pdf = PdfReader(io.BytesIO(imprimer_recu(Reglement.objects.recevables().get(pk=reglement.pk))))
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_le_recu_dit_la_somme_le_mode_et_ce_qu_elle_paie(facture):
    reglement = Reglement.objects.recevables().get(numero=228)
    recu = papier(reglement)
    for mention in ("Reçu AL-228", "Jean DUPONT", "243,20 €", "Chèque", "AL-12", "mercredi 8 avril 2015"):
        assert mention in recu


def test_un_reglement_annule_n_a_plus_de_recu(facture, dupont, parent):
    reglement = dupont.famille.reglements.get(numero=228)
    chemin = reverse("facturation:recu", args=[reglement.pk])
    assert parent.get(chemin).status_code == 200
    inverse = reglement.annuler(motif="Erreur", le=date(2015, 4, 9), par=None)
    assert parent.get(chemin).status_code == 404
    assert parent.get(reverse("facturation:recu", args=[inverse.pk])).status_code == 404


def test_ce_qui_depasse_est_dit_au_credit_du_compte(regie, dupont):
    fabriques.facture(regie, dupont.famille, "40.60", *MARS)
    recu = papier(payer(dupont, regie, "50.00"))
    assert "AL-1, du 01/03/2015 au 31/03/2015 : 40,60 €" in recu
    assert "Reste au crédit de votre compte : 9,40 €" in recu


def test_une_somme_toute_employee_ne_laisse_pas_de_reste(regie, dupont):
    fabriques.facture(regie, dupont.famille, "40.60", *MARS)
    assert "crédit" not in papier(payer(dupont, regie, "40.60"))


def test_une_somme_que_rien_n_attendait_est_toute_au_credit(regie, dupont):
    recu = papier(payer(dupont, regie, "40.60"))
    assert "Factures réglées" not in recu
    assert "Cette somme est au crédit de votre compte" in recu


def test_la_facture_qu_un_avoir_a_rendue_n_est_plus_payee(regie, dupont):
    mars = fabriques.facture(regie, dupont.famille, "137.45", *MARS)
    reglement = payer(dupont, regie, "137.45")
    mars.annuler(motif="Facturée à tort", le=LE, par=None)
    fabriques.facture(regie, dupont.famille, "128.05", *AVRIL)
    recu = papier(reglement)
    assert "AL-1, du" not in recu
    assert "AL-2, du 01/04/2015 au 30/04/2015 : 128,05 €" in recu
    assert "Reste au crédit de votre compte : 9,40 €" in recu


def test_une_facture_corrigee_en_partie_compte_pour_ce_qu_elle_garde(regie, dupont):
    mars = fabriques.facture(regie, dupont.famille, "40.00", *MARS)
    reglement = payer(dupont, regie, "40.00")
    mars.etablir_avoir(Decimal("15.00"), motif="Geste", le=LE, par=None)
    recu = papier(reglement)
    assert "AL-1, du 01/03/2015 au 31/03/2015 : 25,00 €" in recu
    assert "Reste au crédit de votre compte : 15,00 €" in recu


@pytest.mark.parametrize("nombre", [1, 4])
def test_un_recu_se_lit_en_autant_de_requetes_quel_que_soit_le_nombre_de_factures(
    regie, dupont, django_assert_num_queries, nombre
):
    for mois in range(1, nombre + 1):
        debut = date(2015, mois, 1)
        fabriques.facture(regie, dupont.famille, "10.00", debut, debut.replace(day=28))
    reglement = payer(dupont, regie, "50.00")
    with django_assert_num_queries(5):
        recu = papier(reglement)
    assert recu.count("10,00 €") >= nombre
