"""The rolls that there are to call on a day."""

import pytest
from django.urls import reverse

from planning.regles.etats import Presence
from tests.planning.appel.outils import MERCREDI

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def test_la_page_des_appels_dit_les_attendus_les_places_et_les_presents(
    porte, mercredi, garderie, vacances, lea, tom, animateur
):
    lea.journee(MERCREDI).pointer(Presence.PRESENT, par=animateur)

    appels = porte.get(f"{reverse('admin:planning_prestation_appels')}?jour=2015-04-01").context["appels"]

    assert [(a.prestation, a.effectif.attendus, a.effectif.places, a.presents, a.absents) for a in appels] == [
        (mercredi, 2, 3, 1, 0),
        (garderie, 0, None, 0, 0),
    ]
