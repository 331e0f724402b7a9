"""The centre of the planning's tests, Léa's inscriptions in it, the parents at their pages, and who accepts."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from demandes.models import Decision, Demande
from famille.models import Enfant
from planning.models import Inscription, Prestation
from tests.demandes.outils import accepter_telle_quelle
from tests.planning.conftest import alsh, apres_midi, calendrier_2015, garderie, jeudi_2_avril, mercredi

__all__ = ["alsh", "apres_midi", "calendrier_2015", "garderie", "jeudi_2_avril", "mercredi"]


@pytest.fixture
def inscrire(dupont, agent):
    def faire(prestation: Prestation) -> Inscription:
        return Inscription.objects.inscrire(
            dupont.enfants[0], prestation, dupont.famille, du=date(2014, 9, 1), par=agent
        )

    return faire


@pytest.fixture
def mercredis(mercredi, inscrire) -> Inscription:
    return inscrire(mercredi)


@pytest.fixture
def lea(dupont) -> Enfant:
    return dupont.enfants[0]


@pytest.fixture
def accepter(directrice) -> Callable[[Demande], Decision]:
    return lambda demande: accepter_telle_quelle(demande, par=directrice)


@pytest.fixture
def parent(client, dupont) -> Client:
    client.force_login(dupont.compte)
    return client


@pytest.fixture
def voisine(martin) -> Client:
    client = Client()
    client.force_login(martin.compte)
    return client
