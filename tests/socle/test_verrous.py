"""Rows that one transaction at a time may change: those, in one order, and no others."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from famille.models import Enfant, Famille, Responsable
from socle.verrous import un_a_la_fois, verrouiller, verrouiller_toutes
from tests import fabriques
from tests.attente import attendre_que, attendre_son_tour, passer_sans_attendre

pytestmark = pytest.mark.django_db(transaction=True)


def en_transaction(verrou, *arguments):
    def geste():
        with transaction.atomic():
            return verrou(*arguments)

    return geste


@pytest.fixture
def lea() -> Enfant:
    return fabriques.EnfantFactory(famille=fabriques.FamilleFactory())


@pytest.fixture
def zoe() -> Enfant:
    return fabriques.EnfantFactory()


def test_une_ligne_verrouillee_se_relit_a_son_tour(lea):
    relue = attendre_son_tour(lea, en_transaction(verrouiller, Enfant.objects, lea.pk))
    assert relue == lea


def test_des_lignes_verrouillees_aussi(lea, zoe):
    attendre_son_tour(zoe, en_transaction(verrouiller_toutes, Enfant.objects, [lea.pk, zoe.pk]))


@pytest.mark.parametrize("verrou", [verrouiller, lambda lignes, pk: verrouiller_toutes(lignes, [pk])])
def test_ce_qui_s_y_rattache_n_attend_pas(lea, verrou):
    passer_sans_attendre(lambda: verrou(Enfant.objects, lea.pk), lambda: fabriques.TiersFactory(enfant=lea))
    assert lea.tiers.count() == 1


@pytest.mark.parametrize("verrou", [verrouiller, lambda lignes, pk: verrouiller_toutes(lignes, [pk])])
def test_une_autre_ligne_n_attend_pas(lea, zoe, verrou):
    relue = passer_sans_attendre(
        lambda: verrou(Enfant.objects, lea.pk), en_transaction(verrouiller, Enfant.objects, zoe.pk)
    )
    assert relue == zoe


def test_ni_la_table_dont_vient_l_ordre_par_defaut():
    """Responsables come by famille: nobody else waits for the famille."""
    jean = fabriques.ResponsableFactory()
    lue = passer_sans_attendre(
        lambda: verrouiller(Responsable.objects, jean.pk),
        en_transaction(verrouiller, Famille.objects, jean.famille_id),
    )
    assert lue == jean.famille


def test_plusieurs_se_prennent_dans_l_ordre_de_leurs_numeros(lea, zoe):
    """Two who take some of the same ones wait for each other, and do not block each other."""
    with transaction.atomic(), CaptureQueriesContext(connection) as requetes:
        verrouiller_toutes(Enfant.objects, [zoe.pk, lea.pk])
    # The first column that is read: the key.
    assert requetes[0]["sql"].startswith('SELECT "famille_enfant"."id"')
    assert requetes[0]["sql"].endswith("ORDER BY 1 ASC FOR NO KEY UPDATE")


def test_deux_travaux_pareils_se_font_l_un_apres_l_autre_et_deux_autres_ensemble():
    requete, _ = attendre_que(lambda: un_a_la_fois(31), en_transaction(un_a_la_fois, 31))
    assert "pg_advisory_xact_lock" in requete
    passer_sans_attendre(lambda: un_a_la_fois(31), en_transaction(un_a_la_fois, 32))
