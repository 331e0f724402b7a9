"""A Wednesday of the ALSH, the day before « today »: Léa has booked it, Tom comes every week."""

import pytest
from django.test import Client

from planning.models import Inscription
from planning.regles.jours import Jours
from tests.planning.appel.outils import MERCREDI, RENTREE


@pytest.fixture
def lea(dupont, mercredi, agent) -> Inscription:
    """Léa DUPONT, booked on that Wednesday."""
    inscription = Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=RENTREE, par=agent)
    inscription.reserver([MERCREDI], par=agent)
    return inscription


@pytest.fixture
def tom(martin, mercredi, agent) -> Inscription:
    """Tom MARTIN, every Wednesday."""
    tom = martin.enfants[0]
    return Inscription.objects.inscrire(tom, mercredi, martin.famille, du=RENTREE, jours=Jours.MERCREDI, par=agent)


@pytest.fixture
def porte(client, animateur) -> Client:
    """The animateur's browser."""
    client.force_login(animateur)
    return client
