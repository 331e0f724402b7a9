"""The exact moment when an absence becomes billed by default."""

from datetime import UTC, datetime, timedelta

import pytest

from demandes.types.planning.absence_facturee import EXCUSER, FACTURER, choix_par_defaut

ECHEANCE = datetime(2015, 4, 6, 10, tzinfo=UTC)
UNE_SECONDE = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("declaree_le", "choix"),
    [(ECHEANCE - UNE_SECONDE, EXCUSER), (ECHEANCE, FACTURER), (ECHEANCE + UNE_SECONDE, FACTURER)],
)
def test_une_absence_est_facturee_des_son_echeance(declaree_le, choix):
    assert choix_par_defaut(declaree_le=declaree_le, echeance=ECHEANCE) == choix
