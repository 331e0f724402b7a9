"""« Encaisser un règlement »: the invoice one comes from, dates, amounts and addresses as they are typed."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from facturation.erreurs import AutreRegie
from facturation.models import Avoir, Facture, Reglement
from tests.facturation import fabriques
from tests.facturation.admin.pages import adresse


@pytest.fixture(autouse=True)
def le_20_mai_2015() -> Iterator[None]:
    with time_machine.travel("2015-05-20 09:00+02:00", tick=False):
        yield


@pytest.fixture
def factures(regie, dupont) -> list[Facture]:
    """March, then April, of 40 € each."""
    mars = fabriques.facture(regie, dupont.famille, "40.00", date(2015, 3, 1), date(2015, 3, 31), le=date(2015, 4, 1))
    avril = fabriques.facture(regie, dupont.famille, "40.00", date(2015, 4, 1), date(2015, 4, 30), le=date(2015, 5, 1))
    return [mars, avril]


def bouton(bureau: Client, facture: Facture) -> str | None:
    """Where « Encaisser un règlement » leads, from the page of an invoice."""
    page = bureau.get(adresse("facture", "change", facture.pk)).text
    trouve = re.search(r'href="([^"]*)">Encaisser un règlement', page)
    return trouve and trouve[1].replace("&amp;", "&")


def cochees(page: str) -> list[int]:
    cases = re.findall(r'<input type="checkbox" name="factures"[^>]*>', page)
    return [int(re.search(r'value="(\d+)"', case)[1]) for case in cases if "checked" in case]


def saisie(foyer, regie, **options) -> dict:
    champs = {"famille": foyer.famille.pk, "regie": regie.pk, "montant": "40,00", "mode": "cheque"}
    return champs | {"date": "20/05/2015", "precision": "N° 12"} | options


def test_depuis_une_facture_c_est_elle_qui_est_cochee(bureau, dupont, factures):
    page = bureau.get(bouton(bureau, factures[1])).text
    assert cochees(page) == [factures[1].pk]
    assert 'name="montant" value="40,00"' in page
    assert f'<option value="{dupont.famille.pk}" selected>' in page


def test_une_facture_reglee_ne_s_encaisse_plus(bureau, dupont, regie, factures):
    Reglement.objects.enregistrer(
        dupont.famille, regie, Decimal(40), "cheque", le=date(2015, 5, 2), par=None, factures=[factures[1]]
    )
    assert bouton(bureau, factures[0])
    assert bouton(bureau, factures[1]) is None


@pytest.mark.parametrize("impossible", ["9" * 30, "\x00"])
def test_ce_qu_aucune_adresse_ne_peut_dire_est_refuse_a_l_entree(bureau, impossible):
    assert bureau.get(adresse("reglement", "add"), {"facture": impossible}).status_code == 400


@pytest.mark.parametrize("faux", ["abc", "", "0", "-1", "é"])
def test_une_adresse_tapee_a_la_main_ouvre_le_formulaire(bureau, factures, faux):
    parametres = dict.fromkeys(["famille", "montant", "regie", "facture", "factures", "mode", "date", "inconnu"], faux)
    page = bureau.get(adresse("reglement", "add"), parametres)
    assert page.status_code == 200
    assert cochees(page.text) == []
    bon = {"famille": factures[0].famille_id, "facture": faux}
    assert bureau.get(adresse("reglement", "add"), bon).status_code == 200


def test_la_facture_d_une_autre_famille_n_est_pas_cochee(bureau, martin, factures):
    page = bureau.get(adresse("reglement", "add"), {"famille": martin.famille.pk, "facture": factures[0].pk})
    assert cochees(page.text) == []


@pytest.mark.parametrize("jour", ["26/11/0026", "20/05/2005", "17/05/2013"])
def test_une_date_trop_ancienne_est_refusee(bureau, dupont, regie, jour):
    reponse = bureau.post(adresse("reglement", "add"), saisie(dupont, regie, date=jour))
    assert "Cette date a plus de deux ans\u00a0: vérifiez l’année." in reponse.text
    assert not Reglement.objects.exists()


def test_un_cheque_retrouve_un_an_apres_s_enregistre(bureau, dupont, regie):
    assert bureau.post(adresse("reglement", "add"), saisie(dupont, regie, date="20/05/2014")).status_code == 302
    assert Reglement.objects.get().date == date(2014, 5, 20)


@pytest.mark.parametrize("espace", [" ", "\u00a0", "\u202f"])
def test_les_milliers_se_separent_comme_on_veut(bureau, dupont, regie, espace):
    montant = f"1{espace}000,50"
    facture = fabriques.facture(regie, dupont.famille, "2000.00", date(2015, 3, 1), date(2015, 3, 31))
    assert bureau.post(adresse("reglement", "add"), saisie(dupont, regie, montant=montant)).status_code == 302
    assert Reglement.objects.get().montant == Decimal("1000.50")
    bureau.post(adresse("facture", "avoir", facture.pk), {"montant": montant, "motif": "Geste"})
    assert Avoir.objects.get().montant == Decimal("1000.50")


def test_un_reglement_valable_n_a_pas_d_annulation(bureau, dupont, regie):
    reglement = Reglement.objects.enregistrer(
        dupont.famille, regie, Decimal(40), "cheque", le=date(2015, 5, 2), par=None
    )
    page = bureau.get(adresse("reglement", "change", reglement.pk)).text
    assert "None" not in page
    assert re.search(r"Annulation.{0,80}?<div class=\"readonly\">—</div>", page, re.DOTALL)


def encaisser(bureau, foyer, regie, **options):
    return bureau.post(adresse("reglement", "add"), saisie(foyer, regie, **options), follow=True)


def test_une_facture_d_une_autre_regie_ne_s_encaisse_pas_ici(bureau, dupont, factures):
    cantine = fabriques.RegieFactory(code="CA", nom="Régie cantine")
    html = encaisser(bureau, dupont, cantine, factures=[factures[0].pk]).text
    assert "AL-1 (Régie garderie ALSH) est d’une autre régie que «\u00a0Régie cantine\u00a0»" in html
    assert not Reglement.objects.exists()
    with pytest.raises(AutreRegie):
        Reglement.objects.enregistrer(
            dupont.famille, cantine, Decimal(40), "cheque", le=date(2015, 5, 20), par=None, factures=factures
        )
    assert not Reglement.objects.exists()


def test_un_trop_percu_dit_ce_qui_est_paye_et_ce_qui_reste_au_credit(bureau, dupont, regie, factures):
    html = encaisser(bureau, dupont, regie, montant="100,00").text
    assert "100,00\u00a0€ reçus. Factures payées\u00a0: AL-1 (40,00\u00a0€), AL-2 (40,00\u00a0€)\u00a0; " in html
    assert "20,00\u00a0€ restent au crédit de la famille." in html
    page = bureau.get(adresse("reglement", "change", Reglement.objects.get().pk)).text
    assert "Reste au crédit de la famille" in page
    assert "20,00\u00a0€" in page


def test_un_compte_juste_ne_parle_pas_de_credit(bureau, dupont, regie, factures):
    assert "au crédit de la famille." not in encaisser(bureau, dupont, regie).text


@pytest.mark.parametrize("options", [{}, {"date": "19/05/2015"}])
def test_le_meme_cheque_deux_fois_est_demande(bureau, dupont, regie, factures, options):
    encaisser(bureau, dupont, regie)
    html = encaisser(bureau, dupont, regie, **options).text
    assert "est déjà enregistré pour cette famille" in html
    assert '<input type="checkbox" name="autre"' in html
    assert Reglement.objects.count() == 1
    encaisser(bureau, dupont, regie, autre="on", **options)
    assert Reglement.objects.count() == 2


@pytest.mark.parametrize("options", [{"precision": "N° 13"}, {"montant": "40,01"}, {"mode": "especes"}])
def test_un_autre_reglement_n_est_pas_demande(bureau, dupont, regie, factures, options):
    encaisser(bureau, dupont, regie)
    encaisser(bureau, dupont, regie, **options)
    assert Reglement.objects.count() == 2


def test_un_cheque_annule_se_ressaisit(bureau, dupont, regie, factures):
    encaisser(bureau, dupont, regie)
    Reglement.objects.get().annuler(motif="Mauvaise date", le=date(2015, 5, 20), par=None)
    encaisser(bureau, dupont, regie)
    assert Reglement.objects.filter(montant__gt=0).count() == 2
