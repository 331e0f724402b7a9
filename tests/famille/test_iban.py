"""IBAN and BIC: what is valid passes, what a finger gets wrong does not."""

import string

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.iban import calc_check_digits

from famille.iban import cle_rib, compacter, masquer, valider_bic, valider_iban

FRANCAIS = "FR1420041010050500013M02606"
ALPHABETS = (string.digits, string.ascii_uppercase)


def _iban(pays: str, bban: str) -> str:
    return f"{pays}{calc_check_digits(f'{pays}00{bban}')}{bban}"


def _francais(compte: str) -> str:
    return _iban("FR", compte + cle_rib(compte))


chiffres = st.text(string.digits, min_size=18, max_size=18)
ibans_francais = st.builds(
    lambda banque, numero: _francais(banque + numero),
    st.text(string.digits, min_size=10, max_size=10),
    st.text(string.digits + string.ascii_uppercase, min_size=11, max_size=11),
)
ibans = ibans_francais | st.builds(_iban, st.just("DE"), chiffres)


@given(iban=ibans, espaces=st.booleans(), minuscules=st.booleans())
def test_un_iban_juste_est_accepte_comme_on_le_tape(iban: str, espaces: bool, minuscules: bool):
    tape = " ".join(iban[i : i + 4] for i in range(0, len(iban), 4)) if espaces else iban
    tape = tape.lower() if minuscules else tape
    valider_iban(tape)
    assert compacter(tape) == iban


@given(iban=ibans, place=st.integers(4, 21), rang=st.integers(1, 25))
def test_un_caractere_pris_pour_un_autre_est_refuse(iban: str, place: int, rang: int):
    """A digit for a digit, a letter for a letter: no two check digits can see every digit become a letter."""
    alphabet = next(a for a in ALPHABETS if iban[place] in a)
    autre = alphabet[(alphabet.index(iban[place]) + rang) % len(alphabet)]
    assume(autre != iban[place])
    with pytest.raises(ValidationError):
        valider_iban(iban[:place] + autre + iban[place + 1 :])


@given(iban=ibans, place=st.integers(0, 20))
def test_deux_caracteres_voisins_inverses_sont_refuses(iban: str, place: int):
    gauche, droite = iban[place], iban[place + 1]
    assume(gauche != droite)
    with pytest.raises(ValidationError):
        valider_iban(iban[:place] + droite + gauche + iban[place + 2 :])


@pytest.mark.parametrize("couple", ["1B", "2M", "3X"])
def test_la_cle_du_rib_voit_ce_que_le_modulo_97_ne_voit_pas(couple: str):
    juste = _francais("20041010050500013" + couple + "02")
    inverse = juste.replace(couple, couple[::-1])
    assert inverse[2:4] == calc_check_digits(inverse)
    valider_iban(juste)
    with pytest.raises(ValidationError):
        valider_iban(inverse)


@given(texte=st.text(max_size=40))
def test_n_importe_quel_texte_est_refuse_par_une_phrase(texte: str):
    with pytest.raises(ValidationError, match="Cet IBAN n’est pas valide"):
        valider_iban(texte)


@pytest.mark.parametrize("tape", ["FR14 2004 1010 0505 0001 3M02 606", "fr14-2004-1010-0505-0001-3m02-606", FRANCAIS])
def test_un_iban_se_range_toujours_pareil(tape: str):
    valider_iban(tape)
    assert compacter(tape) == FRANCAIS


def test_un_iban_masque_ne_montre_que_ses_deux_bouts():
    assert masquer(FRANCAIS) == "FR14 •••• •••• 2606"
    assert masquer("") == ""


def test_un_iban_trop_court_pour_se_masquer_ne_se_montre_pas():
    assert masquer("FR761234") == ""
    assert masquer("FR7612345") == "FR76 •••• •••• 2345"


def est_un_bic(texte: str) -> bool:
    try:
        valider_bic(texte)
    except ValidationError as refus:
        assert "8 ou 11 caractères" in refus.messages[0]
        return False
    return True


def test_un_bic_compte_huit_ou_onze_caracteres():
    essais = ["PSSTFRPP", "PSSTFRPPTOU", "psstfrpptou", "PSSTFRPPT", "12345678", "PSST", "PSSTF2PP"]
    assert [bic for bic in essais if est_un_bic(bic)] == ["PSSTFRPP", "PSSTFRPPTOU", "psstfrpptou"]


@pytest.mark.parametrize("compte", ["123456789012345678901", "300060000112345678901", "998877665544332211009"])
def test_un_compte_suivi_de_sa_cle_se_divise_par_97(compte: str):
    assert int(compte + cle_rib(compte)) % 97 == 0
