"""An inscription: its two ends, the child's age, the week that it shares with another."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.regles.inscription import ReglesInscription, ReglesPrestation
from planning.regles.jours import AUCUN_JOUR, Jours
from planning.regles.ouverture import Ouverture, Rythme
from tests.planning.regles.outils import STRUCTURE

PREMIER, DERNIER = date(2015, 4, 8), date(2015, 4, 29)
UN_JOUR = timedelta(days=1)
ECOLE = ReglesPrestation(STRUCTURE, Ouverture(scolaire=Jours.MERCREDI | Jours.JEUDI))
PETITES = ReglesPrestation(STRUCTURE, Ouverture(petites_vacances=Jours.MERCREDI))


def regles(prestation: ReglesPrestation = ECOLE, **options) -> ReglesInscription:
    return ReglesInscription(**({"prestation": prestation, "naissance": date(2007, 6, 3), "du": PREMIER} | options))


@pytest.mark.parametrize(
    ("jour", "inscrit"),
    [(PREMIER - UN_JOUR, False), (PREMIER, True), (DERNIER, True), (DERNIER + UN_JOUR, False)],
)
def test_une_inscription_tient_du_premier_jour_au_dernier_tous_deux_compris(jour, inscrit):
    inscription = regles(au=DERNIER)
    assert (inscription.couvre(jour), inscription.est_en_vigueur(jour)) == (inscrit, inscrit)


def test_sans_dernier_jour_elle_tient_jusqu_a_nouvel_ordre():
    assert regles().couvre(date(2040, 1, 1))
    assert not regles().couvre(PREMIER - UN_JOUR)


def test_un_enfant_venu_sans_inscription_n_est_pas_inscrit_le_jour_qu_il_est_venu():
    venu = regles(au=PREMIER, a_regulariser=True)
    assert venu.couvre(PREMIER)
    assert not venu.est_en_vigueur(PREMIER)


@pytest.mark.parametrize(
    ("jour", "age"),
    [
        (date(2015, 6, 2), 7),
        (date(2015, 6, 3), 8),
        (date(2015, 6, 4), 8),
        (date(2015, 5, 31), 7),
        (date(2015, 7, 1), 8),
    ],
)
def test_un_enfant_a_un_an_de_plus_le_jour_de_son_anniversaire(jour, age):
    assert regles().age_au(jour) == age


@given(st.integers(0, 127), st.integers(0, 127), *[st.sampled_from([None, 0, 1])] * 2)
def test_deux_rythmes_se_rencontrent_les_jours_communs_d_une_meme_semaine(ici, la, parite, autre_parite):
    une = regles(rythme=Rythme(Jours(ici), parite))
    autre = regles(rythme=Rythme(Jours(la), autre_parite))
    semaines_communes = {0, 1} if parite is None else {parite}
    semaines_communes &= {0, 1} if autre_parite is None else {autre_parite}
    ouverts = Jours.MERCREDI | Jours.JEUDI
    attendus = Jours(ici & la) & ouverts if semaines_communes else AUCUN_JOUR
    assert une.rencontre(autre) == autre.rencontre(une) == attendus


def test_l_ecole_et_les_vacances_ne_se_rencontrent_jamais():
    tous = Rythme(Jours(127))
    assert regles(rythme=tous).rencontre(regles(PETITES, rythme=tous)) == AUCUN_JOUR
    assert regles(PETITES, rythme=tous).rencontre(regles(PETITES, rythme=tous)) == Jours.MERCREDI


@pytest.mark.parametrize("periode", ["scolaire", "petites_vacances", "grandes_vacances"])
def test_deux_ouvertures_se_rencontrent_periode_par_periode(periode):
    une = Ouverture(**{periode: Jours.LUNDI | Jours.MARDI})
    assert une.rencontre(Ouverture(**{periode: Jours.MARDI | Jours.JEUDI})) == Jours.MARDI
    assert une.rencontre(Ouverture()) == AUCUN_JOUR
