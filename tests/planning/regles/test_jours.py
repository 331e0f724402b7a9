"""Days of a month, of a week, and what goes without saying of a day."""

import calendar
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.regles.calendrier import Calendrier, Faits
from planning.regles.delais import SANS_DELAI
from planning.regles.jours import Jours, Periode, bornes_du_mois, jours_entre
from planning.regles.ouverture import Ouverture
from tests.planning.regles.outils import PARIS, STRUCTURE


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_un_mois_va_du_premier_au_dernier_jour(annee, mois):
    dernier = calendar.monthrange(annee, mois)[1]
    assert bornes_du_mois(annee, mois) == (date(annee, mois, 1), date(annee, mois, dernier))


def test_les_jours_d_une_periode_comprennent_ses_deux_bouts():
    assert [jour.day for jour in jours_entre(date(2015, 4, 8), date(2015, 4, 10))] == [8, 9, 10]
    assert list(jours_entre(date(2015, 4, 8), date(2015, 4, 8))) == [date(2015, 4, 8)]
    assert list(jours_entre(date(2015, 4, 8), date(2015, 4, 7))) == []


@pytest.mark.parametrize(("rang", "jour"), list(enumerate(Jours)))
def test_chaque_jour_de_la_semaine_a_le_sien(rang, jour):
    semaine = list(jours_entre(date(2015, 4, 6), date(2015, 4, 12)))
    assert [un for un in semaine if jour.comprend(un)] == [semaine[rang]]


def test_sans_delai_on_demande_jusqu_a_la_veille_a_minuit():
    mercredi = date(2015, 4, 8)
    minuit = datetime(2015, 4, 8, tzinfo=PARIS).astimezone(UTC)
    assert SANS_DELAI.echeance(mercredi, lambda jour: True) == minuit


def test_un_jour_dont_on_ne_dit_rien_est_un_jour_d_accueil_ordinaire():
    ordinaire = Faits()
    assert ordinaire == Faits(Periode.SCOLAIRE, False, False, True, True, True, False, False)
    assert ordinaire.accueille
    mercredis = Ouverture(scolaire=Jours.MERCREDI)
    assert Calendrier().faits(date(2015, 4, 8), STRUCTURE, mercredis) == ordinaire


@pytest.mark.parametrize("jour", [date(2015, 4, 11), date(2015, 4, 26)])
def test_les_vacances_et_les_fermetures_comprennent_leurs_deux_bouts(jour):
    bornes = (date(2015, 4, 11), date(2015, 4, 26))
    calendrier = Calendrier.depuis(
        vacances=[(*bornes, Periode.PETITES_VACANCES)], fermetures=[(STRUCTURE, *bornes, "travaux")]
    )
    assert calendrier.periode(jour) == Periode.PETITES_VACANCES
    assert calendrier.fermeture(jour, STRUCTURE) == "travaux"
    for dehors in (date(2015, 4, 10), date(2015, 4, 27)):
        assert calendrier.periode(dehors) == Periode.SCOLAIRE
        assert calendrier.fermeture(dehors, STRUCTURE) is None


def test_un_jour_ouvrable_va_du_lundi_au_vendredi():
    semaine = jours_entre(date(2015, 4, 6), date(2015, 4, 12))
    assert [jour.isoweekday() for jour in semaine if Calendrier().est_ouvrable(jour, STRUCTURE)] == [1, 2, 3, 4, 5]
