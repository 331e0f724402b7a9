"""The town of these tests, on a Wednesday of the guide's April, and the DUPONTs who read its pages."""

import pytest
from django.test import Client

from tests.adresses import Troupe
from tests.croissance import AUJOURD_HUI, VilleQuiGrandit
from tests.maison.pages.ville import batir


@pytest.fixture
def ville(dupont, martin, nouveau, agent, agent_sans_droit, time_machine) -> VilleQuiGrandit:
    time_machine.move_to(f"{AUJOURD_HUI}T10:00:00+02:00", tick=False)
    return batir(Troupe(dupont, martin, nouveau, agent, agent_sans_droit))


@pytest.fixture
def parent(dupont) -> Client:
    client = Client()
    client.force_login(dupont.compte)
    return client
