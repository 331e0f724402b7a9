"""Deadlines: working days back, at an hour of Paris, over weekends, holidays, closures and both changes of hour."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.regles.calendrier import Calendrier
from planning.regles.delais import Delai, absences_closes, reservations_closes
from planning.regles.jours import jours_entre
from tests.planning.regles.outils import PARIS, STRUCTURE, jours

PAQUES_2015 = Calendrier.depuis(feries=[(date(2015, 4, 6), "Lundi de Pâques")])
heures = st.times().map(lambda t: t.replace(second=0, microsecond=0))
ecarts = st.lists(st.integers(0, 40), max_size=15)
# Last Sundays of March and October: the nights of 23 and of 25 hours.
changements = st.sampled_from([date(2015, 3, 29), date(2015, 10, 25), date(2026, 3, 29), date(2026, 10, 25)])


def calendrier_avant(jour, feries, fermetures):
    return Calendrier.depuis(
        feries=[(jour - timedelta(days=n), "férié") for n in feries],
        fermetures=[(STRUCTURE, jour - timedelta(days=n), jour - timedelta(days=n), "fermé") for n in fermetures],
    )


def ouvrables(calendrier, du, au):
    return [j for j in jours_entre(du, au) if calendrier.est_ouvrable(j, STRUCTURE)]


@given(jours, st.integers(0, 10), heures, ecarts, ecarts)
def test_l_echeance_est_a_n_jours_ouvres(jour, n, heure, feries, fermetures):
    calendrier = calendrier_avant(jour, feries, fermetures)
    limite = Delai(n, heure).echeance(jour, lambda j: calendrier.est_ouvrable(j, STRUCTURE)).astimezone(PARIS).date()
    veille = jour - timedelta(days=1)
    if n == 0:
        assert limite == jour
    else:
        assert ouvrables(calendrier, limite, veille)[0] == limite
        assert len(ouvrables(calendrier, limite, veille)) == n


@given(jours, st.integers(0, 5), heures, ecarts)
def test_un_jour_plus_tard_ne_ferme_jamais_plus_tot(jour, n, heure, feries):
    calendrier = calendrier_avant(jour, feries, [])
    delai = Delai(n, heure)
    echeances = [
        delai.echeance(jour + timedelta(days=k), lambda j: calendrier.est_ouvrable(j, STRUCTURE)) for k in range(10)
    ]
    assert echeances == sorted(echeances)


def test_l_heure_est_celle_de_la_commune(settings):
    settings.TIME_ZONE = "Indian/Reunion"
    echeance = Delai(1, time(12)).echeance(date(2015, 4, 8), lambda _: True)
    assert echeance == datetime(2015, 4, 7, 8, tzinfo=UTC)
    assert reservations_closes(date(2015, 4, 8), echeance).endswith("depuis le mardi 7 avril à 12\u00a0h.")


@given(changements, st.integers(-3, 3), st.integers(0, 3), st.integers(4, 23))
def test_l_heure_est_celle_de_paris_avant_et_apres_le_changement(changement, ecart, n, heure):
    jour = changement + timedelta(days=ecart)
    echeance = Delai(n, time(heure)).echeance(jour, lambda j: True)
    assert echeance.tzinfo is UTC
    assert echeance.astimezone(PARIS).time() == time(heure)
    assert echeance.astimezone(PARIS).date() == jour - timedelta(days=n)


@given(changements, st.times())
def test_une_heure_qui_n_existe_pas_ou_qui_existe_deux_fois_a_une_echeance(changement, heure):
    echeance = Delai(0, heure).echeance(changement, lambda j: True)
    assert abs(echeance - datetime.combine(changement, heure, UTC)) <= timedelta(hours=2)


@pytest.mark.parametrize(
    ("n", "phrase"),
    [
        (1, "Les réservations pour le mercredi 8 avril sont closes depuis le mardi 7 avril à 12 h."),
        # Easter Monday is no working day.
        (2, "Les réservations pour le mercredi 8 avril sont closes depuis le vendredi 3 avril à 12 h."),
    ],
)
def test_la_phrase_dit_le_jour_et_l_heure(n, phrase):
    mercredi = date(2015, 4, 8)
    echeance = Delai(n, time(12)).echeance(mercredi, lambda j: PAQUES_2015.est_ouvrable(j, STRUCTURE))
    assert reservations_closes(mercredi, echeance).replace("\u00a0", " ") == phrase


def test_la_phrase_d_une_absence():
    echeance = Delai(0, time(8, 30)).echeance(date(2015, 5, 1), lambda j: True)
    assert absences_closes(date(2015, 5, 1), echeance).replace("\u00a0", " ") == (
        "Les déclarations d’absence pour le vendredi 1er mai sont closes depuis le vendredi 1er mai à 8 h 30."
    )


def test_une_structure_fermee_n_ouvre_pas_les_autres_jours_ouvres():
    calendrier = Calendrier.depuis(
        fermetures=[(1, date(2015, 4, 7), date(2015, 4, 7), "travaux"), (None, date(2015, 4, 9), date(2015, 4, 9), "")]
    )
    assert [calendrier.est_ouvrable(date(2015, 4, n), 1) for n in (7, 8, 9)] == [False, True, False]
    assert [calendrier.est_ouvrable(date(2015, 4, n), 2) for n in (7, 8, 9)] == [True, True, False]
