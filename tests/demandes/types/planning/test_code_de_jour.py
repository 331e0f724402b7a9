"""A day of an inscription, as forms and requests write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demandes.types.planning.code_de_jour import ecrire_jour, lire_jour, se_lit


@given(st.integers(1, 10**9), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_ce_qui_est_ecrit_se_relit(inscription, jour):
    assert lire_jour(ecrire_jour(inscription, jour)) == (inscription, jour)


@given(st.text())
def test_ce_qu_envoie_un_navigateur_se_lit_ou_ne_se_lit_pas_mais_n_echoue_jamais(texte):
    lu = lire_jour(texte) if se_lit(texte) else None
    assert lu is None or lire_jour(ecrire_jour(*lu)) == lu


@pytest.mark.parametrize("code", ["", "1", "1:", ":2015-04-08", "1:hier", "1:1999-12-31", "1:2100-01-01"])
def test_un_code_qui_ne_dit_pas_un_jour_du_calendrier_ne_se_lit_pas(code):
    assert not se_lit(code)
    with pytest.raises(ValueError, match=r"."):
        lire_jour(code)
