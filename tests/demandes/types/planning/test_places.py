"""What an agent must know of the places of a day, and how it is said."""

from datetime import date

import pytest

from demandes.types.planning.places import depassement, note_de_places
from planning.places.restantes import Effectif


@pytest.mark.parametrize(
    ("effectif", "tenue", "note"),
    [
        (Effectif(2, 3), True, ""),
        (Effectif(3, 3), True, "1\u00a0place, demandée par cette famille"),
        (Effectif(3, 3), False, "Complet"),
        (Effectif(4, 3), True, "Complet"),
    ],
)
def test_une_place_se_dit_si_elle_est_la_derniere_et_tenue(effectif, tenue, note):
    assert note_de_places(effectif, tenue=tenue) == note


def test_un_enfant_de_trop_se_dit():
    phrase = depassement(Effectif(1, 0), date(2015, 4, 8), "ALSH")
    assert phrase.replace("\u00a0", " ") == "Le mercredi 8 avril, 1 enfant est attendu pour 0 place : ALSH."
