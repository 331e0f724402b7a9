"""How a password is read: without accents, capitals, ornaments nor turned letters."""

import pytest

from famille.models import Compte
from famille.mots_de_passe_courants import contient, est_courant, lettres, plier
from famille.regle_des_mots_de_passe import mots_de


def test_un_mot_se_plie_sans_accents_ni_capitales():
    assert plier("Élodie-12") == "elodie-12"


@pytest.mark.parametrize(
    ("mot", "lu"), [("d0ud0u", "doudou"), ("Jean-Paul 29", "jeanpaul"), ("M0tDeP@$$€", "motdepasse"), ("!", "i")]
)
def test_ses_lettres_tournees_se_redressent_et_le_reste_s_ote(mot, lu):
    assert lettres(mot) == lu


@pytest.mark.parametrize("mot", ["4mour2026", "4zerty", "@zerty99", "2026Amour", "--Amour--", "AMOUR"])
def test_un_chiffre_au_bord_est_une_lettre_ou_un_ornement(mot):
    assert est_courant(mot)


@pytest.mark.parametrize("mot", ["Amourette", "Plombieres21", "AmourDoudou"])
def test_un_autre_mot_n_est_pas_courant(mot):
    assert not est_courant(mot)


@pytest.mark.parametrize(
    ("mot", "dedans"),
    [("Dup1ont", True), ("dup0nt", True), ("2Dupontel9", True), ("Dupond", False), ("", False)],
)
def test_un_nom_s_y_trouve_quoi_qu_on_y_glisse(mot, dedans):
    assert contient(mot, frozenset({"dupont"})) is dedans


@pytest.mark.parametrize(("mot", "dedans"), [("Lea", True), ("l3a2962", True), ("Leandre", False), ("Plea", False)])
def test_un_nom_de_trois_lettres_doit_y_etre_seul(mot, dedans):
    assert contient(mot, frozenset({"lea"})) is dedans


def test_un_nom_de_quatre_lettres_suffit_dans_un_autre_mot():
    assert contient("Xjeanx", frozenset({"jean"}))


def test_ce_que_les_autres_savent_de_lui():
    """Names, identifiant, what precedes the « @ »; from three letters on."""
    compte = Compte(identifiant="ab", nom="LI-VERNE", prenom="Léa", email="violette.rose@wanadoo.fr")
    assert mots_de(compte) == {"liverne", "verne", "lea", "violetterose", "violette", "rose"}
    assert mots_de(None) == frozenset()
