"""A credit never waits beside an invoice that it could pay: freed by an avoir or left by a payment, it pays."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facturation.compte.solde import solde
from facturation.erreurs import MontantRefuse
from facturation.models import Facture, Reglement
from tests.facturation import fabriques
from tests.facturation.fabriques import RegieFactory

LE = date(2015, 4, 8)
MARS = (date(2015, 3, 1), date(2015, 3, 31))
AVRIL = (date(2015, 4, 1), date(2015, 4, 30))
MAI = (date(2015, 5, 1), date(2015, 5, 31))


@pytest.fixture
def factures(regie, dupont) -> list[Facture]:
    """Three invoices of 40 €, oldest first."""
    return [
        fabriques.facture(regie, dupont.famille, "40.00", *periode, le=periode[1]) for periode in (MARS, AVRIL, MAI)
    ]


def payer(foyer, regie, montant: str, *choisies: Facture) -> Reglement:
    return Reglement.objects.enregistrer(
        foyer.famille, regie, Decimal(montant), "cheque", le=LE, par=None, factures=choisies
    )


def restes(factures: list[Facture]) -> list[str]:
    return [str(facture.reste_a_payer()) for facture in factures]


def credits(foyer) -> list[str]:
    return [str(reglement.credit) for reglement in Reglement.objects.filter(famille=foyer.famille).en_credit()]


def test_ce_que_la_facture_choisie_laisse_paie_la_plus_ancienne(regie, dupont, factures):
    payer(dupont, regie, "100.00", factures[2])
    assert restes(factures) == ["0.00", "20.00", "0.00"]
    assert credits(dupont) == []


def test_ce_qui_depasse_toutes_les_factures_attend_la_suivante(regie, dupont, factures):
    payer(dupont, regie, "129.40", factures[1])
    assert restes(factures) == ["0.00", "0.00", "0.00"]
    assert credits(dupont) == ["9.40"]


def test_une_facture_choisie_deja_payee_laisse_la_somme_a_celles_qui_restent(regie, dupont, factures):
    payer(dupont, regie, "40.00", factures[1])
    payer(dupont, regie, "40.00", factures[1])
    assert restes(factures) == ["0.00", "0.00", "40.00"]


def test_ce_qu_un_avoir_libere_paie_la_facture_qui_attend(regie, dupont, factures):
    payer(dupont, regie, "40.00", factures[2])
    factures[2].etablir_avoir(Decimal("15.00"), motif="Geste", le=LE, par=None)
    assert restes(factures) == ["25.00", "40.00", "0.00"]
    assert credits(dupont) == []


def test_ce_qu_une_facture_annulee_libere_ne_lui_revient_pas(regie, dupont, factures):
    payer(dupont, regie, "120.00")
    factures[0].annuler(motif="Facturée à tort", le=LE, par=None)
    assert restes(factures) == ["0.00", "0.00", "0.00"]
    assert credits(dupont) == ["40.00"]


def test_un_avoir_ne_paie_ni_l_autre_regie_ni_l_autre_famille(regie, dupont, martin, factures):
    ailleurs = fabriques.facture(RegieFactory(code="RS", nom="Régie restauration"), dupont.famille, "10.00", *MARS)
    voisine = fabriques.facture(regie, martin.famille, "10.00", *MARS)
    payer(dupont, regie, "120.00")
    factures[0].annuler(motif="Facturée à tort", le=LE, par=None)
    assert restes([ailleurs, voisine]) == ["10.00", "10.00"]
    assert credits(dupont) == ["40.00"]


def test_le_reglement_annule_ne_paie_plus_rien_et_le_credit_d_un_autre_paie_ce_qu_il_payait(regie, dupont, factures):
    annule = payer(dupont, regie, "120.00")
    payer(dupont, regie, "50.00")
    annule.annuler(motif="Sans provision", le=LE, par=None)
    assert restes(factures) == ["0.00", "30.00", "40.00"]
    assert credits(dupont) == []
    assert sum(a.montant for a in annule.affectations.all()) == Decimal("120.00")


def test_annuler_ce_qu_un_avoir_avait_deplace_rend_du_ce_qu_il_payait_alors(regie, dupont, factures):
    reglement = payer(dupont, regie, "40.00", factures[2])
    factures[2].annuler(motif="Facturée à tort", le=LE, par=None)
    assert restes(factures) == ["0.00", "40.00", "0.00"]
    reglement.annuler(motif="Sans provision", le=LE, par=None)
    assert restes(factures) == ["40.00", "40.00", "0.00"]
    assert solde(dupont.famille) == Decimal("80.00")


def test_un_centime_se_paie_comme_le_reste(regie, dupont, factures):
    payer(dupont, regie, "0.01")
    assert restes(factures) == ["39.99", "40.00", "40.00"]
    assert credits(dupont) == []


def test_un_reglement_ne_fait_payer_ni_le_credit_du_voisin_ni_celui_d_une_autre_regie(regie, dupont, martin, factures):
    chez_le_voisin = payer(martin, regie, "50.00")
    a_la_cantine = payer(dupont, RegieFactory(code="RS", nom="Régie restauration"), "50.00")
    payer(dupont, regie, "10.00")
    assert restes(factures) == ["30.00", "40.00", "40.00"]
    assert [str(recu.reste_au_credit) for recu in (chez_le_voisin, a_la_cantine)] == ["50.00", "50.00"]


def test_le_plus_ancien_credit_paie_le_premier(regie, dupont):
    """By its date, then in the order in which they were received."""
    quand = [date(2015, 4, 10), date(2015, 4, 8), date(2015, 4, 8)]
    recus = [
        Reglement.objects.enregistrer(dupont.famille, regie, Decimal(30), "cheque", le=jour, par=None) for jour in quand
    ]
    fabriques.facture(regie, dupont.famille, "40.00", *AVRIL)
    assert [str(reglement.reste_au_credit) for reglement in recus] == ["30.00", "0.00", "20.00"]
    assert list(Reglement.objects.en_credit()) == [recus[2], recus[0]]


GESTES = st.sampled_from(["facture", "reglement", "choix", "annulation", "avoir"])
EUROS = st.decimals(min_value="0.01", max_value="300", places=2)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gestes=st.lists(st.tuples(GESTES, EUROS, st.integers(0, 5)), max_size=9))
def test_un_credit_n_attend_jamais_a_cote_d_une_facture_qu_il_pourrait_payer(regie, dupont, gestes):
    with transaction.atomic():
        for mois, (geste, montant, rang) in enumerate(gestes, start=1):
            _faire(geste, montant, rang, mois, regie, dupont)
            assert not (Facture.objects.impayees().exists() and Reglement.objects.en_credit().exists())
        connection.check_constraints()
        assert not Facture.objects.avec_reste().filter(reste__lt=0).exists()
        transaction.set_rollback(True)


def _faire(geste: str, montant: Decimal, rang: int, mois: int, regie, foyer) -> None:
    factures = list(Facture.objects.order_by("pk"))
    if geste == "facture":
        debut = date(2014, mois, 1)
        fabriques.facture(regie, foyer.famille, str(montant), debut, debut.replace(day=28), le=debut)
    elif geste == "reglement":
        payer(foyer, regie, str(montant))
    elif geste == "choix" and factures:
        payer(foyer, regie, str(montant), factures[rang % len(factures)])
    elif geste == "annulation":
        valides = Reglement.objects.filter(montant__gt=0, annulation__isnull=True)
        if valides:
            valides[rang % len(valides)].annuler(motif="Erreur", le=LE, par=None)
    elif geste == "avoir" and factures:
        try:
            factures[rang % len(factures)].etablir_avoir(montant, motif="Geste", le=LE, par=None)
        except MontantRefuse:
            return
