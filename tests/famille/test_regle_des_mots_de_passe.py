"""The rule of the guide, and the temporary passwords that respect it."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from famille.models import Compte
from famille.regle_des_mots_de_passe import REGLES, RegleDuGuide, mot_de_passe_provisoire

PROVISOIRES_ESSAYES = 200


@given(mot=st.text(max_size=20))
@example(mot="Plombieres21")
@example(mot="Élodie12")
@example(mot="Court1a")
def test_la_regle_accepte_ce_qui_respecte_les_quatre_lignes_et_rien_d_autre(mot: str):
    longueur = len(mot) >= 8
    majuscule = any(lettre.isupper() for lettre in mot)
    minuscule = any(lettre.islower() for lettre in mot)
    chiffre = any(signe.isdecimal() for signe in mot)
    try:
        RegleDuGuide().validate(mot)
        acceptee = True
    except ValidationError as refus:
        acceptee = False
        respectees = [longueur, majuscule, minuscule, chiffre]
        attendus = [regle.code for regle, ok in zip(REGLES, respectees, strict=True) if not ok]
        assert [erreur.code for erreur in refus.error_list] == attendus
    assert acceptee == (longueur and majuscule and minuscule and chiffre)


def test_chaque_ligne_qui_manque_est_nommee():
    with pytest.raises(ValidationError) as refus:
        RegleDuGuide().validate("abc")
    assert refus.value.messages == [
        "Il doit contenir\u00a0: 8 caractères minimum.",
        "Il doit contenir\u00a0: au moins 1 majuscule.",
        "Il doit contenir\u00a0: au moins 1 chiffre.",
    ]


def test_la_regle_a_les_quatre_lignes_du_guide():
    assert [regle.texte for regle in REGLES] == [
        "8 caractères minimum",
        "Au moins 1 majuscule",
        "Au moins 1 minuscule",
        "Au moins 1 chiffre",
    ]


def test_un_mot_de_passe_courant_est_refuse():
    with pytest.raises(ValidationError):
        validate_password("Password1")


def test_l_identifiant_n_est_pas_un_mot_de_passe():
    with pytest.raises(ValidationError):
        validate_password("Jean.dupont1", Compte(identifiant="jean.dupont"))


def test_un_mot_de_passe_provisoire_respecte_toujours_la_regle():
    provisoires = {mot_de_passe_provisoire() for _ in range(PROVISOIRES_ESSAYES)}
    assert len(provisoires) == PROVISOIRES_ESSAYES
    for mot in provisoires:
        validate_password(mot)
        assert len(mot) == 12
        assert not set(mot) & set("0O1lI")
