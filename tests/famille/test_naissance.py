"""A date of birth: neither to come, nor of somebody who has long been grown up."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from famille.naissance import naissance_passee


@pytest.fixture(autouse=True)
def _un_8_avril():
    with time_machine.travel("2015-04-08 00:30+02:00", tick=False):
        yield


@pytest.mark.parametrize("naissance", [date(2015, 4, 8), date(1984, 4, 9)])
def test_de_ce_jour_a_la_veille_de_trente_et_un_ans(naissance):
    assert naissance_passee(naissance) is None


@pytest.mark.parametrize(
    ("naissance", "phrase"),
    [
        (date(2015, 4, 9), "Cette date de naissance est à venir."),
        (date(1984, 4, 8), "Cette date de naissance est trop ancienne\u00a0: vérifiez l’année."),
    ],
)
def test_ni_demain_ni_il_y_a_trente_et_un_ans(naissance, phrase):
    with pytest.raises(ValidationError) as refus:
        naissance_passee(naissance)
    assert refus.value.messages == [phrase]
