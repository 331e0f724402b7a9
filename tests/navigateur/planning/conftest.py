"""A Thursday of April 2015, and Léa's month."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Page

from planning.models import Inscription
from tests.navigateur.planning.outils import (
    RENTREE,
)
from tests.planning.conftest import alsh, calendrier_2015, garderie, mercredi

__all__ = ["alsh", "calendrier_2015", "garderie", "mercredi"]


@pytest.fixture(autouse=True)
def jeudi_2_avril() -> Iterator[None]:
    # The clock runs: a browser that waits would wait for ever otherwise.
    with time_machine.travel("2015-04-02T08:00:00+02:00", tick=True):
        yield


@pytest.fixture
def inscriptions(dupont, mercredi, garderie, agent) -> list[Inscription]:
    """Léa's two rows: « ALSH Mercredi journée », then « Garderie matin », booked on the 8th."""
    (lea,) = dupont.enfants
    deux = [
        Inscription.objects.inscrire(lea, prestation, dupont.famille, du=RENTREE, par=agent)
        for prestation in (mercredi, garderie)
    ]
    deux[1].reserver([date(2015, 4, 8)], par=agent)
    return deux


@pytest.fixture
def mois(inscriptions) -> str:
    return reverse("planning:mois", args=[inscriptions[0].enfant_id, 2015, "04"])


@pytest.fixture
def ouverte(page_de: Callable[..., Page], dupont, mois) -> Callable[..., Page]:
    """`ouverte(**options)`: April, in a new window of Jean DUPONT's."""

    def ouvrir(**options) -> Page:
        page = page_de(dupont.compte, **options)
        page.goto(mois)
        return page

    return ouvrir
