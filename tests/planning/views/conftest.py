"""Léa DUPONT's parent, on Thursday 2 April 2015."""

import pytest
from django.test import Client

from famille.models import Enfant
from planning.models import Inscription
from tests.planning.views.outils import RENTREE


@pytest.fixture
def parent(client, dupont, jeudi_2_avril) -> Client:
    client.force_login(dupont.compte)
    return client


@pytest.fixture
def lea(dupont) -> Enfant:
    return dupont.enfants[0]


@pytest.fixture
def garde_du_matin(lea, dupont, garderie, agent, jeudi_2_avril) -> Inscription:
    return Inscription.objects.inscrire(lea, garderie, dupont.famille, du=RENTREE, par=agent)


@pytest.fixture
def inscrite(dupont, lea, mercredi, apres_midi, vacances, agent, garde_du_matin) -> dict[str, Inscription]:
    """Léa, enrolled everywhere, by name of the prestation."""
    autres = [
        Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent)
        for prestation in (mercredi, apres_midi, vacances)
    ]
    return {inscription.prestation.nom: inscription for inscription in [*autres, garde_du_matin]}
