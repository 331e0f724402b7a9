"""Children over places: full at the last one, too many at one more, never when there is no limit."""

import pytest

from planning.places.restantes import Effectif


@pytest.mark.parametrize(
    ("attendus", "places", "restantes", "complet", "deborde"),
    [
        (0, 3, 3, False, False),
        (2, 3, 1, False, False),
        (3, 3, 0, True, False),
        (4, 3, 0, True, True),
        (0, 0, 0, True, False),
        (1, 0, 0, True, True),
        (50, None, None, False, False),
    ],
)
def test_un_jour_est_complet_a_sa_derniere_place_et_deborde_apres(attendus, places, restantes, complet, deborde):
    effectif = Effectif(attendus, places)
    assert (effectif.restantes, effectif.est_complet, effectif.deborde) == (restantes, complet, deborde)


def test_un_jour_ferme_n_attend_personne():
    assert Effectif(4, 3).un_jour_ferme == Effectif(0, 3)
