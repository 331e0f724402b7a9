"""A famille that moves into the town, or out of it: its days to come cost other prices, and are said."""

import pytest
import time_machine

from facturation.campagne.foyer.demenagement import demenagement
from tests.fabriques import EnfantFactory
from tests.facturation.ville import LE, NOVEMBRE, batir, emettre, foyer, inscrire


@pytest.fixture(autouse=True)
def le_2_novembre():
    with time_machine.travel(LE, tick=False):
        yield


def test_qui_reste_dans_la_commune_ou_hors_d_elle_paie_comme_avant(db):
    assert demenagement(1, "Saint-Jean", "SAINT - JEAN") is None
    assert demenagement(1, "Toulouse", "Balma") is None


def test_qui_change_de_commune_a_les_jours_de_ses_prestations_a_un_autre_prix(db):
    """Each once, whichever child goes there; the neighbours' are not among them."""
    ville = batir()
    famille, enfant = foyer()
    inscrire(famille, enfant, ville.cantine)
    inscrire(famille, EnfantFactory(famille=famille, nom="PETIT", prenom="Tom"), ville.cantine)
    inscrire(*foyer("Ali"), ville.garderie)
    emettre(ville.campagne())
    touches = demenagement(famille.pk, "Saint-Jean", "Toulouse")
    assert list(touches.prestations) == [ville.cantine]
    assert (touches.famille, touches.periodes) == (famille.pk, [(NOVEMBRE[0], touches.borne)])
