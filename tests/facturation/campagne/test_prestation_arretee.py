"""A prestation that ends in the middle of a month: the days before are billed, and stay so; none after."""

from datetime import date

import pytest

from facturation.campagne.emission import Emission
from facturation.models import Avoir, Facture, Ligne
from planning.regles.jours import jours_entre
from tests.facturation.ville import LE, NOVEMBRE, OCTOBRE, TOUS, batir, foyer, inscrire

pytestmark = pytest.mark.django_db
FIN = date(2026, 10, 16)


@pytest.fixture
def ville(time_machine):
    time_machine.move_to(LE)
    ville = batir()
    inscrire(*foyer(), ville.cantine, TOUS)
    return ville


def emettre(ville, periode) -> None:
    Emission(ville.campagne(periode), le=date(2026, 12, 5), par=None).emettre()


def jours_factures() -> list[date]:
    return sorted(jour for ligne in Ligne.objects.filter(facture__isnull=False) for jour in ligne.jours)


def test_seuls_les_jours_d_avant_sont_factures(ville):
    ville.cantine.inactive_depuis = FIN
    ville.cantine.save()
    emettre(ville, OCTOBRE)
    assert jours_factures() == list(jours_entre(date(2026, 10, 1), date(2026, 10, 15)))


def test_ce_qui_est_facture_le_reste_et_la_suite_ne_l_est_pas(ville):
    emettre(ville, OCTOBRE)
    ville.cantine.inactive_depuis = FIN
    ville.cantine.save()
    emettre(ville, NOVEMBRE)
    assert Facture.objects.count() == 1
    assert not Avoir.objects.exists()
    assert len(jours_factures()) == 31
