"""Léa, enrolled everywhere."""

import pytest

from planning.models import Inscription
from tests.planning.mois.outils import RENTREE


@pytest.fixture
def inscriptions(dupont, mercredi, apres_midi, vacances, garderie, agent) -> list[Inscription]:
    """Léa, enrolled everywhere: in the order of the grid."""
    lea = dupont.enfants[0]
    return [
        Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent)
        for prestation in (mercredi, apres_midi, vacances, garderie)
    ]
