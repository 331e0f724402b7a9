"""Two who change one address wait for each other, and for nobody else of the famille."""

import pytest

from courriels.models import Courriel
from famille.models import Famille, Responsable
from tests.attente import attendre_son_tour, passer_sans_attendre
from tests.fabriques import ResponsableFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def jean() -> Responsable:
    return ResponsableFactory(email="jean@ancienne.example")


def changer(jean: Responsable) -> None:
    jean.email = "jean@nouvelle.example"
    jean.save()


def test_changer_une_adresse_attend_qui_tient_la_fiche(jean):
    attendre_son_tour(jean, lambda: changer(jean))
    assert Courriel.objects.get().destinataire == "jean@ancienne.example"


def test_mais_pas_qui_tient_la_famille(jean):
    passer_sans_attendre(
        lambda: Famille.objects.select_for_update(no_key=True).get(pk=jean.famille_id), lambda: changer(jean)
    )
    assert Courriel.objects.get().destinataire == "jean@ancienne.example"
