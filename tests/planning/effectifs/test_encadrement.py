"""How many animateurs the law wants: by period, by length of stay, by age, with a PEDT or not."""

from datetime import date, time

import pytest

from planning.regles.encadrement.besoin import Groupe, au_plus_fort
from planning.regles.encadrement.taux import Nombre, Taux, taux_legal
from planning.regles.horaires import Horaires
from planning.regles.jours import Periode

MERCREDI, SAMEDI = date(2015, 4, 8), date(2015, 4, 11)
CINQ_HEURES = 300


@pytest.mark.parametrize(
    ("jour", "periode", "minutes", "pedt", "taux"),
    [
        (MERCREDI, Periode.PETITES_VACANCES, 600, False, (8, 12)),
        (MERCREDI, Periode.GRANDES_VACANCES, 120, True, (8, 12)),
        (SAMEDI, Periode.SCOLAIRE, 600, True, (8, 12)),
        (MERCREDI, Periode.SCOLAIRE, CINQ_HEURES + 1, False, (8, 12)),
        (MERCREDI, Periode.SCOLAIRE, CINQ_HEURES, False, (10, 14)),
        (MERCREDI, Periode.SCOLAIRE, CINQ_HEURES + 1, True, (10, 14)),
        (MERCREDI, Periode.SCOLAIRE, CINQ_HEURES, True, (14, 18)),
    ],
)
def test_le_taux_de_la_loi(jour, periode, minutes, pedt, taux):
    assert taux_legal(jour, periode, minutes, pedt=pedt) == Taux(*taux)


@pytest.mark.parametrize(
    ("petits", "grands", "animateurs"),
    [(0, 0, 0), (1, 0, 1), (8, 0, 1), (9, 0, 2), (0, 12, 1), (0, 13, 2), (9, 13, 4), (1, 1, 2)],
)
def test_un_enfant_de_plus_demande_un_animateur_de_plus(petits, grands, animateurs):
    assert Taux(8, 12).animateurs(Nombre(petits, grands)) == animateurs


def test_qui_garde_le_matin_garde_l_apres_midi():
    taux, matin, apres_midi = Taux(8, 12), Horaires(time(8), time(13, 30)), Horaires(time(13, 30), time(18))
    assert au_plus_fort([Groupe(matin, Nombre(16, 0), taux), Groupe(apres_midi, Nombre(8, 0), taux)]) == 2


def test_les_enfants_de_la_journee_s_ajoutent_a_ceux_du_matin():
    taux, matin, journee = Taux(8, 12), Horaires(time(8), time(13, 30)), Horaires(time(8), time(18))
    # Four and five make nine: two animateurs together, where each apart would say one.
    assert au_plus_fort([Groupe(matin, Nombre(4, 0), taux), Groupe(journee, Nombre(5, 0), taux)]) == 2


def test_ou_deux_taux_se_rencontrent_le_plus_strict_vaut_pour_tous():
    matin, journee = Horaires(time(8), time(13)), Horaires(time(8), time(18))
    groupes = [Groupe(matin, Nombre(0, 13), Taux(10, 14)), Groupe(journee, Nombre(0, 0), Taux(8, 12))]
    assert au_plus_fort(groupes) == 1  # nobody comes for the day: its rate counts nobody
    groupes[1] = Groupe(journee, Nombre(0, 1), Taux(8, 12))
    assert au_plus_fort(groupes) == 2


def test_sans_enfant_personne_a_prevoir():
    assert au_plus_fort([Groupe(Horaires(time(8), time(18)), Nombre(), Taux(8, 12))]) == 0
