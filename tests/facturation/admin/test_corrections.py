"""For agents: what has become of an invoice is on its page, and an avoir is read line by line."""

from datetime import date
from decimal import Decimal

import pytest

from facturation.models import Facture, Reglement
from tests.facturation import fabriques
from tests.facturation.admin.pages import adresse

LE = date(2015, 4, 20)


@pytest.fixture
def facture(regie, dupont) -> Facture:
    facture = fabriques.facture(regie, dupont.famille, "50.00", date(2015, 3, 1), date(2015, 3, 31))
    Reglement.objects.enregistrer(dupont.famille, regie, Decimal(20), "cheque", le=LE, par=None)
    return facture


def test_la_page_d_une_facture_montre_ses_avoirs_et_ses_reglements(bureau, facture):
    avoir = facture.etablir_avoir(Decimal("10.00"), motif="Geste", le=LE, par=None)
    page = bureau.get(adresse("facture", "change", facture.pk)).text
    assert adresse("avoir", "change", avoir.pk) in page
    assert adresse("reglement", "change", Reglement.objects.get().pk) in page
    assert "20,00\u00a0€" in page
    assert "Annuler la facture" in page


def test_une_facture_annulee_le_dit_et_ne_s_annule_plus(bureau, facture):
    facture.annuler(motif="Erreur", le=LE, par=None)
    page = bureau.get(adresse("facture", "change", facture.pk)).text
    assert "Annulée" in page
    assert "Annuler la facture" not in page
    for page in ("annulation", "avoir"):
        reponse = bureau.get(adresse("facture", page, facture.pk), follow=True)
        assert reponse.redirect_chain == [(adresse("facture", "change", facture.pk), 302)]
        assert f"La facture {facture.reference} est déjà annulée." in reponse.text


def test_l_avoir_se_lit_ligne_par_ligne_et_s_imprime(bureau, facture):
    avoir = facture.annuler(motif="Erreur", le=LE, par=None)
    page = bureau.get(adresse("avoir", "change", avoir.pk)).text
    assert avoir.lignes.get().libelle in page
    papier = bureau.get(adresse("avoir", "pdf", avoir.pk))
    assert (papier.status_code, papier["Content-Type"]) == (200, "application/pdf")
