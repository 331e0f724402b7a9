"""Numbers: per régie and kind, without gap or duplicate, whatever happens at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from facturation.compte.solde import solde
from facturation.models import Facture, Regie, Reglement
from famille.models import Famille
from tests.fabriques import FamilleFactory
from tests.facturation import fabriques
from tests.facturation.fabriques import RegieFactory

LE = date(2015, 4, 8)
FILS, TOURS = 8, 6


def test_factures_reglements_et_avoirs_ont_chacun_leur_suite(regie, dupont):
    factures = [
        fabriques.facture(regie, dupont.famille, "10.00", date(2015, mois, 1), date(2015, mois, 28)) for mois in (1, 2)
    ]
    reglement = Reglement.objects.enregistrer(dupont.famille, regie, Decimal(5), "cheque", le=LE, par=None)
    avoir = factures[1].etablir_avoir(Decimal(1), motif="Geste", le=LE, par=None)
    assert [f.reference for f in factures] == ["AL-1", "AL-2"]
    assert (reglement.reference, avoir.reference) == ("AL-1", "AL-1")


def test_un_compteur_dit_ce_qu_il_compte(regie, dupont):
    fabriques.facture(regie, dupont.famille, "10.00", date(2015, 1, 1), date(2015, 1, 31))
    assert [str(compteur) for compteur in regie.compteurs.all()] == ["AL, factures\u00a0: 1"]


def test_un_echec_ne_laisse_pas_de_trou(regie, dupont):
    _renoncer(regie, dupont.famille, date(2015, 1, 1))
    assert fabriques.facture(regie, dupont.famille, "10.00", date(2015, 1, 1), date(2015, 1, 31)).numero == 1


@pytest.mark.django_db(transaction=True)
def test_huit_fils_emettent_et_encaissent_sans_trou_ni_doublon(sans_pdf):
    """Each thread bills, pays, cancels, and now and then gives up halfway."""
    regie = RegieFactory()
    familles = [FamilleFactory() for _ in range(3)]
    with ThreadPoolExecutor(FILS) as fils:
        list(fils.map(lambda rang: _travailler(rang, regie, familles), range(FILS)))
    for modele in (Facture, Reglement):
        numeros = list(modele.objects.order_by("numero").values_list("numero", flat=True))
        assert numeros == list(range(1, len(numeros) + 1))
    # What was given up left nothing, what was done is there: 48 invoices of 10 €, 24 payments of 7,50 € that hold.
    assert _sommes(Facture) == {Decimal("10.00"): FILS * TOURS}
    assert _sommes(Reglement) == {Decimal("7.50"): FILS * TOURS, Decimal("-7.50"): FILS * TOURS // 2}
    assert sum(solde(famille) for famille in familles) == Decimal("300.00")
    restes = sum(facture.reste for facture in Facture.objects.avec_reste())
    assert restes - sum(reglement.credit for reglement in Reglement.objects.en_credit()) == Decimal("300.00")
    for facture in Facture.objects.prefetch_related("lignes"):
        assert [ligne.montant for ligne in facture.lignes.all()] == [facture.montant]


def _sommes(modele: type[Facture | Reglement]) -> Counter[Decimal]:
    """How many of each amount."""
    return Counter(modele.objects.values_list("montant", flat=True))


def _travailler(rang: int, regie: Regie, familles: list[Famille]) -> None:
    try:
        for tour in range(TOURS):
            famille = familles[(rang + tour) % len(familles)]
            debut = date(2000 + rang, tour + 1, 1)
            _renoncer(regie, famille, debut)
            fabriques.facture(regie, famille, "10.00", debut, debut.replace(day=28), le=debut)
            reglement = Reglement.objects.enregistrer(famille, regie, Decimal("7.50"), "cheque", le=LE, par=None)
            if tour % 2:
                reglement.annuler(motif="Erreur", le=LE, par=None)
    finally:
        connection.close()


def _renoncer(regie: Regie, famille: Famille, debut: date) -> None:
    with transaction.atomic():
        fabriques.facture(regie, famille, "10.00", debut, debut.replace(day=28), le=debut)
        transaction.set_rollback(True)
