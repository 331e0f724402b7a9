"""Agents at the page of the DUPONTs, whose Léa is enrolled on Wednesdays."""

import pytest
from django.test import Client

from planning.models import Inscription
from tests.planning.conftest import alsh, calendrier_2015, jeudi_2_avril, mercredi
from tests.portail.guichet.famille.outils import RENTREE

__all__ = ["alsh", "calendrier_2015", "jeudi_2_avril", "mercredi"]


@pytest.fixture
def accueil(agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def lea(dupont, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)
