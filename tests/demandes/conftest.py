"""The centre of the planning's tests, and Léa's inscriptions in it."""

from datetime import date

import pytest

from planning.models import Inscription, Prestation
from tests.planning.conftest import alsh, apres_midi, calendrier_2015, garderie, jeudi_2_avril, mercredi

__all__ = ["alsh", "apres_midi", "calendrier_2015", "garderie", "jeudi_2_avril", "mercredi"]


@pytest.fixture
def inscrire(dupont, agent):
    def faire(prestation: Prestation) -> Inscription:
        return Inscription.objects.inscrire(
            dupont.enfants[0], prestation, dupont.famille, du=date(2014, 9, 1), par=agent
        )

    return faire
