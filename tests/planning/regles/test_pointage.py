"""The roll as it is written: times are those of a child who came, and one leaves after one has arrived."""

from datetime import time

import pytest

from planning.erreurs import PointageImpossible
from planning.regles.etats import Presence
from planning.regles.pointage import Pointage

PRESENT, ABSENT, NON_POINTE = Presence.PRESENT, Presence.ABSENT, Presence.NON_POINTEE
SANS_HEURE = {
    ABSENT: "Un enfant absent n’a ni arrivée ni départ.",
    NON_POINTE: "Un enfant qui n’est pas présent n’a ni arrivée ni départ.",
}


@pytest.mark.parametrize(
    ("presence", "arrivee", "depart", "dit"),
    [
        (PRESENT, None, None, None),
        (PRESENT, time(9), None, None),
        (PRESENT, None, time(17), None),
        (PRESENT, time(9), time(9, 1), None),
        (PRESENT, time(9), time(9), "Le départ doit suivre l’arrivée."),
        (PRESENT, time(10), time(9), "Le départ doit suivre l’arrivée."),
        (ABSENT, None, None, None),
        (ABSENT, time(9), None, SANS_HEURE[ABSENT]),
        (ABSENT, None, time(17), SANS_HEURE[ABSENT]),
        (NON_POINTE, None, None, None),
        (NON_POINTE, time(9), time(17), SANS_HEURE[NON_POINTE]),
    ],
)
def test_les_heures_sont_celles_d_un_enfant_venu_et_dans_l_ordre(presence, arrivee, depart, dit):
    pointage = Pointage(presence, arrivee, depart)
    if dit is None:
        assert pointage.verifier() is None
    else:
        with pytest.raises(PointageImpossible) as refus:
            pointage.verifier()
        assert str(refus.value) == dit


@pytest.mark.parametrize(
    ("pointage", "dit"),
    [
        (Pointage(), "Non pointé"),
        (Pointage(ABSENT), "Absent"),
        (Pointage(PRESENT), "Présent"),
        (Pointage(PRESENT, time(8, 30)), "Présent, arrivée à 8 h 30"),
        (Pointage(PRESENT, None, time(17)), "Présent, départ à 17 h"),
        (Pointage(PRESENT, time(8, 30), time(17)), "Présent, arrivée à 8 h 30, départ à 17 h"),
    ],
)
def test_un_pointage_se_lit(pointage, dit):
    assert pointage.libelle.replace("\u00a0", " ") == dit
