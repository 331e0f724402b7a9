"""Hours: two activities that touch do not overlap; who leaves at closing time is not late."""

from datetime import time

import pytest

from planning.regles.horaires import Horaires

JOURNEE = Horaires(time(9), time(17))


@pytest.mark.parametrize(
    ("debut", "fin", "en_meme_temps"),
    [
        (time(7, 30), time(9), False),
        (time(7, 30), time(9, 1), True),
        (time(12), time(13), True),
        (time(16, 59), time(18), True),
        (time(17), time(18), False),
        (time(8), time(18), True),
        (time(9), time(17), True),
    ],
)
def test_deux_activites_qui_se_suivent_ne_se_chevauchent_pas(debut, fin, en_meme_temps):
    autre = Horaires(debut, fin)
    assert JOURNEE.chevauchent(autre) is en_meme_temps
    assert autre.chevauchent(JOURNEE) is en_meme_temps


@pytest.mark.parametrize(
    ("arrivee", "depart", "hors_contrat"),
    [
        (None, None, False),
        (time(9), time(17), False),
        (time(8, 59), time(17), True),
        (time(9), time(17, 1), True),
        (time(8, 59), None, True),
        (None, time(17, 1), True),
        (None, time(17), False),
        (time(9), None, False),
    ],
)
def test_arriver_a_l_ouverture_et_partir_a_la_fermeture_c_est_dans_les_heures(arrivee, depart, hors_contrat):
    assert JOURNEE.sont_depasses(arrivee, depart) is hors_contrat


def test_les_heures_d_un_enfant_sont_celles_qu_on_a_notees():
    assert JOURNEE.reels(None, None) == JOURNEE
    assert JOURNEE.reels(time(10), None) == Horaires(time(10), time(17))
    assert JOURNEE.reels(None, time(16)) == Horaires(time(9), time(16))


def test_une_activite_dure_de_la_minute_ou_elle_commence_a_celle_ou_elle_finit():
    assert Horaires(time(7, 45), time(9, 20)).minutes == 95
