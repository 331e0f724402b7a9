"""What the walks share: a Thursday of April 2015, and a child enrolled in the morning."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from planning.models import Inscription
from portail.peuplement.facturation import peupler_compte_du_guide
from tests.facturation.fabriques import RegieFactory
from tests.planning.conftest import alsh, calendrier_2015, garderie

__all__ = ["alsh", "calendrier_2015", "garderie"]


@pytest.fixture(autouse=True)
def jeudi_2_avril() -> Iterator[None]:
    with time_machine.travel("2015-04-02T08:00:00+02:00", tick=True):
        yield


@pytest.fixture
def inscription(dupont, garderie, agent) -> Inscription:
    peupler_compte_du_guide(RegieFactory())
    options = {"du": date(2014, 9, 1), "par": agent}
    return Inscription.objects.inscrire(dupont.enfants[0], garderie, dupont.famille, **options)
