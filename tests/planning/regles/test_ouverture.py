"""The week: when a prestation opens, when a child comes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.regles.calendrier import Calendrier
from planning.regles.jours import Jours, Periode
from planning.regles.ouverture import Ouverture, Rythme
from tests.planning.regles.outils import STRUCTURE, jours


@given(jours, st.integers(0, 127), st.sampled_from([None, 0, 1]))
def test_un_rythme_prend_ses_jours_une_semaine_sur_une_ou_sur_deux(jour, bits, parite):
    rythme = Rythme(Jours(bits), parite)
    semaine = jour.isocalendar()
    attendu = bool(bits >> jour.weekday() & 1) and (parite is None or semaine.week % 2 == parite)
    assert rythme.comprend(jour) is attendu


@pytest.mark.parametrize(
    ("rythme", "dit"),
    [
        (Rythme(Jours.LUNDI | Jours.JEUDI, 0), "lundi, jeudi, semaines paires"),
        (Rythme(Jours.DIMANCHE, 1), "dimanche, semaines impaires"),
        (Rythme(Jours.MARDI), "mardi"),
        (Rythme(), "aucun"),
    ],
)
def test_un_rythme_se_dit(rythme, dit):
    assert str(rythme) == dit


def test_une_prestation_ouvre_selon_la_periode():
    calendrier = Calendrier.depuis(vacances=[(date(2015, 4, 11), date(2015, 4, 26), "P")])
    mercredis = Ouverture(scolaire=Jours.MERCREDI)
    assert calendrier.accueille(date(2015, 4, 8), STRUCTURE, mercredis)
    assert not calendrier.accueille(date(2015, 4, 9), STRUCTURE, mercredis)
    assert not calendrier.accueille(date(2015, 4, 15), STRUCTURE, mercredis)


@pytest.mark.parametrize(
    ("periode", "jours"),
    [
        (Periode.SCOLAIRE, Jours.LUNDI),
        (Periode.PETITES_VACANCES, Jours.MARDI),
        (Periode.GRANDES_VACANCES, Jours.JEUDI),
    ],
)
def test_chaque_periode_a_ses_jours_d_ouverture(periode, jours):
    assert Ouverture(Jours.LUNDI, Jours.MARDI, Jours.JEUDI).jours(periode) == jours
