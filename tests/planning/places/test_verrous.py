"""Who waits for whom: whoever takes a place of the same day, and whoever adds a pattern; nobody else."""

from datetime import date

import pytest
from django.db import connection, transaction

from planning.places.verrous import verrouiller_jours, verrouiller_prestation
from tests.attente import attendre_que, passer_sans_attendre
from tests.planning.places.outils import AUTRE, MERCREDI

CANTINE, GARDERIE = 1, 2

pytestmark = pytest.mark.django_db(transaction=True)


def jours(prestation: int, *lesquels: date):
    def verrouiller() -> None:
        with transaction.atomic():
            verrouiller_jours(prestation, lesquels)

    return verrouiller


def rythme(prestation: int):
    def verrouiller() -> None:
        with transaction.atomic():
            verrouiller_prestation(prestation)

    return verrouiller


@pytest.mark.parametrize(
    ("tenir", "geste"),
    [
        (jours(CANTINE, MERCREDI), jours(CANTINE, MERCREDI)),
        (jours(CANTINE, MERCREDI, AUTRE), jours(CANTINE, AUTRE)),
        (rythme(CANTINE), jours(CANTINE, MERCREDI)),
        (jours(CANTINE, MERCREDI), rythme(CANTINE)),
        (rythme(CANTINE), rythme(CANTINE)),
    ],
    ids=["même jour", "un jour commun", "un rythme", "rythme contre jour", "deux rythmes"],
)
def test_qui_prend_une_place_attend_celui_qui_prend_la_meme(tenir, geste):
    requete, _ = attendre_que(tenir, geste)
    assert "pg_advisory_xact_lock" in requete


@pytest.mark.parametrize(
    ("tenir", "geste"),
    [
        (jours(CANTINE, MERCREDI), jours(CANTINE, AUTRE)),
        (jours(CANTINE, MERCREDI), jours(GARDERIE, MERCREDI)),
        (rythme(CANTINE), jours(GARDERIE, MERCREDI)),
        (rythme(CANTINE), rythme(GARDERIE)),
    ],
    ids=["un autre jour", "une autre prestation", "un rythme ailleurs", "deux rythmes ailleurs"],
)
def test_personne_d_autre_n_attend(tenir, geste):
    assert passer_sans_attendre(tenir, geste) is None


def test_les_jours_se_prennent_dans_l_ordre():
    """Two who take some of the same days would otherwise wait for each other."""
    pris = []

    def noter(execute, sql, params, many, context):
        pris.append(params)
        return execute(sql, params, many, context)

    eloignes = [date(2031, 5, 6), MERCREDI, date(1999, 1, 6), AUTRE, date(2020, 2, 5), date(2015, 5, 20)]
    with transaction.atomic(), connection.execute_wrapper(noter):
        verrouiller_jours(CANTINE, eloignes)
    assert pris[-1][1] == sorted(pris[-1][1])
    assert len(pris[-1][1]) == 6
