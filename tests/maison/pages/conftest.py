"""The town of these tests, on a Wednesday of the guide's April, and the DUPONTs who read its pages."""

import pytest
from django.test import Client

from tests.adresses import Troupe
from tests.croissance import AUJOURD_HUI, VilleQuiGrandit
from tests.depart import numeroter
from tests.maison.pages.ville import batir


@pytest.fixture
def numeros(db) -> None:
    """Keys are read on pages, and decide of colours: they begin at the same number, whatever ran before."""
    numeroter(100_000)


@pytest.fixture
def ville(numeros, dupont, martin, nouveau, agent, agent_sans_droit, time_machine) -> VilleQuiGrandit:
    time_machine.move_to(f"{AUJOURD_HUI}T10:00:00+02:00", tick=False)
    return batir(Troupe(dupont, martin, nouveau, agent, agent_sans_droit))


@pytest.fixture
def parent(ville, dupont) -> Client:
    client = Client()
    client.force_login(dupont.compte)
    return client
