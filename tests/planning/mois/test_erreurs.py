"""Presences that cannot be, or that go beyond the hours: the grid shows them, the agents' list has the same ones."""

from datetime import date, time

import pytest

from planning.models import Reservation
from planning.regles.etats import Presence
from planning.regles.legende import Statut
from tests.planning.mois.outils import grille

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def test_la_liste_des_erreurs_est_celle_que_montre_la_grille(dupont, inscriptions, agent, jeudi_2_avril, martin):
    mercredi, apres_midi, vacances, garderie = inscriptions
    mercredi.reserver([date(2015, 4, 29)], par=agent)
    mercredi.journee(date(2015, 4, 29)).excuser(par=agent)
    jeudi_2_avril.move_to("2015-05-31T09:00:00+02:00")
    presences = [
        (mercredi, date(2015, 4, 8)),  # fine
        (mercredi, date(2015, 4, 15)),  # school time only
        (mercredi, date(2015, 4, 29)),  # excused
        (garderie, date(2015, 4, 6)),  # public holiday
        (garderie, date(2015, 5, 13)),  # closed
        (garderie, date(2015, 5, 19)),  # fine
        (vacances, date(2015, 4, 14)),  # fine
        (vacances, date(2015, 4, 28)),  # holidays only
        (mercredi, date(2015, 5, 20)),  # at the same time as the next one
        (apres_midi, date(2015, 5, 20)),
    ]
    for inscription, jour in presences:
        inscription.journee(jour).pointer(Presence.PRESENT, par=agent)
    dites = {(r.inscription.prestation_id, r.jour) for r in Reservation.objects.en_erreur()}
    montrees = {
        (ligne.cle, case.jour)
        for mois in (4, 5)
        for ligne in grille(dupont, 2015, mois).lignes
        for case in ligne.cases
        if case.affichage.statut is Statut.ERREUR
    }
    assert dites == montrees
    assert len(dites) == 7


def test_une_presence_hors_des_heures_est_hors_contrat(dupont, inscriptions, agent, jeudi_2_avril):
    jeudi_2_avril.move_to("2015-04-30T09:00:00+02:00")
    inscriptions[3].journee(date(2015, 4, 8)).pointer(Presence.PRESENT, arrivee=time(7), par=agent)
    inscriptions[3].journee(date(2015, 4, 9)).pointer(Presence.PRESENT, arrivee=time(7, 30), par=agent)
    assert [case.symbole for case in grille(dupont).lignes[3].cases[7:9]] == ["H", "✓+"]
