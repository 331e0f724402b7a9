"""Agents at work, and Léa enrolled on Wednesdays."""

import pytest

from planning.models import Inscription
from tests.planning.admin.outils import RENTREE


@pytest.fixture
def accueil(client, agent):
    client.force_login(agent)
    return client


@pytest.fixture
def direction(client, directrice):
    client.force_login(directrice)
    return client


@pytest.fixture
def inscription(dupont, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)
