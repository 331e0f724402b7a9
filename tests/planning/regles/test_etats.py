"""Each state of a day, and what follows from it: a line a state, as an agent would say it."""

from datetime import time

import pytest

from planning.regles.etats import ABSENCES, ACQUISES, ATTENDUS, DEMANDES, EN_ATTENTE, OCCUPENT, SANS_RESERVATION, Etat
from planning.regles.horaires import TOUTE_LA_JOURNEE, Horaires
from planning.regles.jours import SEMAINE, Jours
from planning.regles.legende import FONDS

OUI, NON = True, False


@pytest.mark.parametrize(
    ("etat", "attend_une_reponse", "tient_une_place", "enfant_attendu", "acquis", "absence"),
    [
        (Etat.AUCUN, NON, NON, NON, NON, NON),
        (Etat.DEMANDEE, OUI, OUI, OUI, NON, NON),
        (Etat.EN_COURS, OUI, OUI, OUI, NON, NON),
        (Etat.RESERVEE, NON, OUI, OUI, OUI, NON),
        (Etat.REGULIERE, NON, OUI, OUI, OUI, NON),
        (Etat.REFUSEE, NON, NON, NON, NON, NON),
        (Etat.ABSENCE_DEMANDEE, OUI, OUI, OUI, NON, OUI),
        (Etat.ABSENCE_EN_COURS, OUI, OUI, OUI, NON, OUI),
        (Etat.ABSENT_EXCUSE, NON, NON, NON, NON, OUI),
        (Etat.ABSENT_FACTURE, NON, OUI, NON, NON, OUI),
        (Etat.CONGE, NON, NON, NON, NON, OUI),
        (Etat.ANNULEE, NON, NON, NON, NON, NON),
    ],
)
def test_ce_que_dit_un_etat(etat, attend_une_reponse, tient_une_place, enfant_attendu, acquis, absence):
    assert (etat in EN_ATTENTE) is attend_une_reponse
    assert (etat in OCCUPENT) is tient_une_place
    assert (etat in ATTENDUS) is enfant_attendu
    assert (etat in ACQUISES) is acquis
    assert (etat in ABSENCES) is absence


def test_une_demande_attend_une_reponse_et_n_est_pas_une_absence():
    assert set(EN_ATTENTE) - set(ABSENCES) == set(DEMANDES)


def test_personne_n_a_rien_a_montrer_d_un_jour_sans_reservation_ni_d_un_jour_annule():
    assert set(SANS_RESERVATION) == {Etat.AUCUN, Etat.ANNULEE}


def test_la_semaine_va_du_lundi_au_vendredi():
    assert [jour for jour in Jours if jour & SEMAINE] == [
        Jours.LUNDI, Jours.MARDI, Jours.MERCREDI, Jours.JEUDI, Jours.VENDREDI,
    ]  # fmt: skip


def test_toute_la_journee_va_de_minuit_a_la_derniere_minute():
    assert TOUTE_LA_JOURNEE.chevauchent(Horaires(time(0), time(0, 1)))
    assert TOUTE_LA_JOURNEE.chevauchent(Horaires(time(23, 58), time(23, 59)))


def test_le_fond_d_une_case_est_ce_que_dit_le_calendrier():
    assert {statut.libelle for statut in FONDS} == {
        "Jour férié", "Fermeture", "Petites vacances", "Grandes vacances",
    }  # fmt: skip
