"""Absences: the exact moment from which one is billed, and the booked day that nobody excused."""

from datetime import UTC, datetime, timedelta

import pytest

from planning.regles.absences import decision_par_defaut, est_manquee
from planning.regles.etats import Etat, Presence

ECHEANCE = datetime(2015, 4, 7, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("retard", "etat"),
    [(-1, Etat.ABSENT_EXCUSE), (0, Etat.ABSENT_FACTURE), (1, Etat.ABSENT_FACTURE)],
    ids=["une seconde avant", "à l’heure dite", "une seconde après"],
)
def test_une_absence_declaree_a_l_heure_dite_est_deja_tardive(retard, etat):
    assert decision_par_defaut(ECHEANCE + timedelta(seconds=retard), ECHEANCE) == etat


def test_seul_un_jour_acquis_que_l_appel_trouve_vide_est_manque():
    manques = [etat for etat in Etat if est_manquee(etat, Presence.ABSENT)]
    assert manques == [Etat.RESERVEE, Etat.REGULIERE]
    for presence in (Presence.NON_POINTEE, Presence.PRESENT):
        assert not any(est_manquee(etat, presence) for etat in Etat)
