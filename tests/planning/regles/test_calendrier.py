"""On which days a prestation receives children: open by its rule, no public holiday, no closure."""

from datetime import date

import pytest

from planning.regles.calendrier import Calendrier
from planning.regles.jours import AUCUN_JOUR, Jours, Periode
from planning.regles.ouverture import Ouverture
from tests.planning.regles.outils import STRUCTURE

MERCREDI, JEUDI = date(2015, 4, 8), date(2015, 4, 9)
MERCREDIS = Ouverture(scolaire=Jours.MERCREDI)


@pytest.mark.parametrize(
    ("calendrier", "accueille"),
    [
        (Calendrier(), True),
        (Calendrier.depuis(feries=[(MERCREDI, "Victoire 1945")]), False),
        (Calendrier.depuis(fermetures=[(STRUCTURE, MERCREDI, MERCREDI, "travaux")]), False),
        (Calendrier.depuis(fermetures=[(None, MERCREDI, MERCREDI, "neige")]), False),
        (Calendrier.depuis(fermetures=[(STRUCTURE + 1, MERCREDI, MERCREDI, "travaux")]), True),
        (Calendrier.depuis(fermetures=[(STRUCTURE, JEUDI, JEUDI, "travaux")]), True),
        (Calendrier.depuis(feries=[(JEUDI, "Ascension")]), True),
    ],
    ids=["ordinaire", "férié", "fermée", "tout est fermé", "une autre fermée", "fermée demain", "férié demain"],
)
def test_une_prestation_accueille_hors_feries_et_fermetures(calendrier, accueille):
    assert calendrier.accueille(MERCREDI, STRUCTURE, MERCREDIS) is accueille
    assert calendrier.faits(MERCREDI, STRUCTURE, MERCREDIS).accueille is accueille
    assert (calendrier.pourquoi_ferme(MERCREDI, STRUCTURE, MERCREDIS) is None) is accueille
    assert not calendrier.accueille(JEUDI, STRUCTURE, MERCREDIS)


def test_la_fermeture_de_tout_se_dit_avant_celle_d_une_structure():
    calendrier = Calendrier.depuis(
        fermetures=[(STRUCTURE, MERCREDI, MERCREDI, "travaux"), (None, MERCREDI, MERCREDI, "neige")]
    )
    assert calendrier.fermeture(MERCREDI, STRUCTURE) == "neige"
    assert calendrier.fermeture(JEUDI, STRUCTURE) is None


def test_une_prestation_qui_ne_sert_pas_une_periode_le_dit():
    vacances = Calendrier.depuis(vacances=[(MERCREDI, MERCREDI, "P")])
    assert not vacances.faits(MERCREDI, STRUCTURE, MERCREDIS).servie
    assert Calendrier().faits(JEUDI, STRUCTURE, MERCREDIS).servie
    assert not Calendrier().faits(JEUDI, STRUCTURE, MERCREDIS).ouvert


@pytest.mark.parametrize(("depuis", "ouverte"), [(MERCREDI, False), (JEUDI, True), (None, True)])
def test_une_prestation_qui_prend_fin_n_ouvre_plus_des_ce_jour_la(depuis, ouverte):
    finie = Ouverture(scolaire=Jours.MERCREDI, inactive_depuis=depuis)
    assert finie.est_inactive(MERCREDI) is not ouverte
    assert finie.le(MERCREDI, Periode.SCOLAIRE) == (Jours.MERCREDI if ouverte else AUCUN_JOUR)
    assert Calendrier().accueille(MERCREDI, STRUCTURE, finie) is ouverte
    assert (Calendrier().pourquoi_ferme(MERCREDI, STRUCTURE, finie) is None) is ouverte
