"""What is left to pay: kept by PostgreSQL, always what a sum would say, and written by nobody."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from facturation.compte.solde import total_impaye
from facturation.models import Facture, Reglement, ResteDu
from tests.facturation import fabriques
from tests.facturation.outils import restes_recomptes, restes_tenus

AVRIL = (date(2015, 4, 1), date(2015, 4, 30))
LE = date(2015, 4, 8)


@pytest.fixture
def facture(regie, dupont) -> Facture:
    return fabriques.facture(regie, dupont.famille, "120.60", *AVRIL)


def payer(facture: Facture, montant: str) -> Reglement:
    famille, regie = facture.famille, facture.regie
    return Reglement.objects.enregistrer(famille, regie, Decimal(montant), Reglement.Mode.CHEQUE, le=LE, par=None)


def test_le_reste_suit_ce_qui_se_paie_se_rend_et_s_annule(facture):
    assert restes_tenus() == {facture.pk: Decimal("120.60")}
    reglement = payer(facture, "100")
    assert restes_tenus() == {facture.pk: Decimal("20.60")}
    facture.etablir_avoir(Decimal("5.60"), motif="Geste", le=LE, par=None)
    assert restes_tenus() == {facture.pk: Decimal("15.00")} == restes_recomptes()
    assert (facture.reste_a_payer(), total_impaye()) == (Decimal("15.00"), Decimal("15.00"))
    reglement.annuler(motif="Impayé", le=LE, par=None)
    assert restes_tenus() == {facture.pk: Decimal("115.00")} == restes_recomptes()


def test_une_facture_soldee_n_a_plus_de_reste_et_le_retrouve_si_son_reglement_s_annule(facture):
    reglement = payer(facture, "120.60")
    assert (restes_tenus(), total_impaye()) == ({}, 0)
    assert not Facture.objects.impayees().exists()
    assert Facture.objects.avec_reste().get().reste == 0
    reglement.annuler(motif="Impayé", le=LE, par=None)
    assert restes_tenus() == {facture.pk: Decimal("120.60")}
    assert Facture.objects.impayees().get().reste == Decimal("120.60")


def test_un_trop_percu_rendu_par_un_avoir_ne_laisse_rien_a_payer(facture):
    payer(facture, "120.60")
    facture.annuler(motif="Erreur", le=LE, par=None)
    assert (restes_tenus(), restes_recomptes()) == ({}, {})


ECRITURES = [
    "INSERT INTO facturation_restedu (facture_id, reste) VALUES (%(facture)s + 1, 5)",
    "UPDATE facturation_restedu SET reste = 0",
    "DELETE FROM facturation_restedu",
]


def ecrire(sql: str, facture: Facture) -> None:
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(sql, {"facture": facture.pk})


@pytest.mark.parametrize("sql", ECRITURES)
def test_le_role_qui_sert_n_y_ecrit_pas(facture, sql):
    with pytest.raises(ProgrammingError, match="permission denied"):
        ecrire(sql, facture)
    assert restes_tenus() == restes_recomptes()


@pytest.mark.parametrize("sql", ECRITURES)
@pytest.mark.usefixtures("par_le_proprietaire")
def test_le_proprietaire_des_tables_non_plus(facture, sql):
    with pytest.raises(IntegrityError, match="suit les opérations"):
        ecrire(sql, facture)
    assert ResteDu.objects.get().reste == Decimal("120.60")


@pytest.mark.lent
def test_une_ville_d_avant_la_table_y_trouve_ce_qui_lui_reste_du(migrations, dupont, regie):
    facture = fabriques.facture(regie, dupont.famille, "120.60", *AVRIL)
    payer(facture, "100")
    fabriques.facture(regie, dupont.famille, "10.00", date(2015, 3, 1), date(2015, 3, 31))
    avant = restes_tenus()
    migrations([("facturation", "0017_regles_gardees")])
    call_command("migrate", verbosity=0)
    assert restes_tenus() == restes_recomptes() == avant != {}
