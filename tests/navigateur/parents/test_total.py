"""The total of the days that are ticked follows them; the server reckons it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from planning.models import Inscription
from tests.demandes.jours import codes
from tests.facturation.fabriques import tarif
from tests.navigateur.regard import violations
from tests.planning.conftest import alsh, calendrier_2015, mercredi

__all__ = ["alsh", "calendrier_2015", "mercredi"]


@pytest.fixture(autouse=True)
def jeudi_2_avril_2015():
    with time_machine.travel("2015-04-02T08:00:00+02:00", tick=True):
        yield


def test_le_total_suit_ce_qui_est_coche(page_de, dupont, agent, mercredi):
    tarif(mercredi, (None, "7.20", "14.40"))
    (lea,) = dupont.enfants
    inscription = Inscription.objects.inscrire(lea, mercredi, dupont.famille, du=date(2014, 9, 1), par=agent)
    jours = "&".join(f"jour={code}" for code in codes(inscription, [date(2015, 4, 29), date(2015, 5, 6)]))
    page = page_de(dupont.compte, bypass_csp=True)
    page.goto(f"{reverse('demandes:nouvelle_enfant', args=[lea.pk, 'reservation'])}?{jours}")
    total = page.locator("[data-total]")
    expect(total).to_have_text("14,40\u00a0€")
    expect(page.get_by_role("button", name="Mettre le total à jour")).to_have_count(0)
    page.get_by_role("checkbox").first.uncheck()
    expect(total).to_have_text("7,20\u00a0€")
    page.get_by_role("checkbox").last.uncheck()
    expect(total).to_have_text("aucun jour choisi")
    page.get_by_role("checkbox").first.check()
    expect(total).to_have_text("7,20\u00a0€")
    assert violations(page) == []
