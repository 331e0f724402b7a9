"""What the tests of a campaign share: a town, a bigger one, and a month that is corrected the month after."""

from datetime import time

import pytest
import time_machine

from facturation.models import Facture
from tests.facturation.ville import (
    EN_DECEMBRE,
    LE,
    NOVEMBRE,
    OCTOBRE,
    Ville,
    batir,
    emettre,
    foyer,
    inscrire,
    oublier_les_regles,
    reserver,
)


@pytest.fixture
def ville(db) -> Ville:
    return batir()


@pytest.fixture
def bourg(ville) -> Ville:
    """Five familles with a little of everything."""
    for rang in range(5):
        famille, enfant = foyer(qf=300 + 200 * rang)
        reserver(inscrire(famille, enfant, ville.cantine), range(1, 4 + rang))
        reserver(inscrire(famille, enfant, ville.garderie), [1, 2], arrivee=time(7, 40), depart=time(8, 15))
    return ville


@pytest.fixture
def sans_regles_gardees(monkeypatch) -> None:
    """Campaigns are issued as by the former version, which kept no rules: asked for before what issues them."""
    oublier_les_regles(monkeypatch)


class Suite:
    """October is billed; what changes in it afterwards shows in November."""

    def __init__(self, ville: Ville) -> None:
        self.ville = ville
        self.famille, enfant = foyer()
        self.cantine = inscrire(self.famille, enfant, ville.cantine)
        reserver(self.cantine, [1, 2, 5])
        with time_machine.travel(LE, tick=False):
            emettre(ville.campagne())

    def facturer_novembre(self) -> None:
        with time_machine.travel(EN_DECEMBRE, tick=False):
            emettre(self.ville.campagne(NOVEMBRE))

    @property
    def octobre(self) -> Facture:
        return self.famille.factures.get(du=OCTOBRE[0])

    @property
    def novembre(self) -> Facture:
        return self.famille.factures.get(du=NOVEMBRE[0])


@pytest.fixture
def suite(ville) -> Suite:
    return Suite(ville)
