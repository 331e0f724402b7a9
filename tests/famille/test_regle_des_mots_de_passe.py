"""The rule of the guide, and the temporary passwords that respect it."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from hypothesis import example, given
from hypothesis import strategies as st

from famille.models import Compte
from famille.mots_de_passe_courants import est_courant
from famille.regle_des_mots_de_passe import REGLES, RegleDuGuide, mot_de_passe_provisoire, mots_de
from tests.fabriques import EnfantFactory

PROVISOIRES_ESSAYES = 200


@given(mot=st.text(max_size=20))
@example(mot="Plombieres21")
@example(mot="Élodie12")
@example(mot="Court1a")
def test_la_regle_accepte_ce_qui_respecte_les_lignes_et_rien_d_autre(mot: str):
    longueur = len(mot) >= 8
    majuscule = any(lettre.isupper() for lettre in mot)
    minuscule = any(lettre.islower() for lettre in mot)
    chiffre = any(signe.isdecimal() for signe in mot)
    try:
        RegleDuGuide().validate(mot)
        acceptee = True
    except ValidationError as refus:
        acceptee = False
        respectees = [longueur, majuscule, minuscule, chiffre, not est_courant(mot), True]
        attendus = [regle.code for regle, ok in zip(REGLES, respectees, strict=True) if not ok]
        assert [erreur.code for erreur in refus.error_list] == attendus
    assert acceptee == (longueur and majuscule and minuscule and chiffre and not est_courant(mot))


def test_chaque_ligne_qui_manque_est_nommee():
    with pytest.raises(ValidationError) as refus:
        RegleDuGuide().validate("abc")
    assert refus.value.messages == [
        "Il doit compter au moins 8\u00a0caractères.",
        "Il doit contenir au moins 1\u00a0majuscule.",
        "Il doit contenir au moins 1\u00a0chiffre.",
        "Il ne doit pas être un mot courant suivi de chiffres.",
    ]


def test_un_refus_est_une_phrase_entiere_qui_ne_commence_pas_par_ni():
    """Each stands alone, whichever of them are read together."""
    refus = {regle.code: regle.refus for regle in REGLES}
    assert refus["sien"] == (
        "Il ne doit contenir ni le nom, ni le prénom, ni l’identifiant, ni l’adresse de qui se connecte, ni le nom "
        "d’un de ses enfants."
    )
    assert all(dit.startswith(("Il doit ", "Il ne doit ")) and dit.endswith(".") for dit in refus.values())


@pytest.mark.parametrize("gabarit", ["composants/regles.html", "pdf/courrier_acces.html"])
def test_ce_qui_precede_la_liste_des_regles_convient_a_chacune(gabarit):
    """« Il doit contenir : ni votre nom » is no sentence."""
    avant = get_template(gabarit).template.source.partition("{% for regle in regles %}")[0]
    assert re.search(r"[Rr]ègles", avant)
    assert not re.search(r"doit (contenir|respecter)\s*:", avant)


def test_la_regle_a_les_quatre_lignes_du_guide_et_ce_que_l_on_devine():
    assert [regle.texte for regle in REGLES] == [
        "8 caractères minimum",
        "Au moins 1 majuscule",
        "Au moins 1 minuscule",
        "Au moins 1 chiffre",
        "Pas un mot courant suivi de chiffres",
        "Ni votre nom, prénom, identifiant ou adresse, ni le nom d’un enfant",
    ]


@pytest.mark.parametrize(
    "mot",
    [
        "Motdepasse1",
        "Azertyuiop1",
        "Doudou123",
        "M0tDeP@sse!2026",
        "DoudouDoudou1",
        "Été20262026",
        "12345678",
        "1Bonjour1",
    ],
)
def test_ce_que_l_on_devine_d_abord_est_refuse(mot):
    assert est_courant(mot)


@pytest.mark.parametrize("mot", ["Plombieres21", "Bonbons2015", "Volee12345", "DoudouDeTom7", "Marmotte et 3 pommes"])
def test_le_reste_ne_l_est_pas(mot):
    assert not est_courant(mot)


@pytest.mark.parametrize("mot", ["Dupont2026", "Jean12345", "JeanD1234", "xXDup0ntXx1", "Jean.Dupont1"])
@pytest.mark.django_db
def test_ni_son_nom_ni_son_prenom_ni_son_identifiant_ni_son_adresse(dupont, mot):
    with pytest.raises(ValidationError) as refus:
        validate_password(mot, dupont.compte)
    assert "sien" in [erreur.code for erreur in refus.value.error_list]


@pytest.mark.parametrize("mot", ["Fiorenza2015", "MaFiorenza1"])
@pytest.mark.django_db
def test_ni_le_prenom_d_un_de_ses_enfants(dupont, martin, agent, mot):
    EnfantFactory(famille=dupont.famille, nom="ROUX", prenom="Fiorenza")
    with pytest.raises(ValidationError) as refus:
        validate_password(mot, dupont.compte)
    assert [erreur.code for erreur in refus.value.error_list] == ["sien"]
    validate_password(mot, martin.compte)
    validate_password(mot, agent)


@pytest.mark.django_db
def test_le_nom_du_voisin_n_est_pas_le_sien(dupont):
    validate_password("Martinique21", dupont.compte)
    with pytest.raises(ValidationError):
        validate_password("Dupontique21", dupont.compte)


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


@pytest.mark.django_db
def test_les_mots_de_quelqu_un_sont_ses_noms_son_adresse_et_ceux_de_ses_enfants(dupont):
    EnfantFactory(famille=dupont.famille, nom="LE GUEN", prenom="Jo")
    dupont.compte.identifiant = "famille_31"
    assert mots_de(dupont.compte) == {"dupont", "jean", "jeandupont", "lea", "leguen", "guen", "famille", "familleei"}
    assert mots_de(Compte(identifiant="alice", email="")) == {"alice"}


def test_les_regles_se_lisent_en_une_phrase():
    dit = RegleDuGuide().get_help_text()
    assert dit.startswith("Règles du mot de passe\u00a0: 8 caractères minimum, au moins 1 majuscule, ")
