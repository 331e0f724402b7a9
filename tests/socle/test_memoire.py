"""Python's garbage collector, put aside for a while, then back as it was."""

import gc

import pytest

from socle.ouvrier.memoire import sans_ramasse_miettes


@pytest.fixture(autouse=True)
def _rien_a_part():
    gc.unfreeze()
    yield
    gc.enable()


def test_il_se_tait_et_ne_regarde_plus_ce_qui_vivait():
    with sans_ramasse_miettes():
        assert not gc.isenabled()
        assert gc.get_freeze_count() > 0
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_il_revient_meme_si_l_on_echoue():
    with pytest.raises(ZeroDivisionError), sans_ramasse_miettes():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_qui_l_avait_deja_mis_de_cote_le_garde_de_cote():
    with sans_ramasse_miettes():
        with sans_ramasse_miettes():
            assert not gc.isenabled()
        assert not gc.isenabled()
        assert gc.get_freeze_count() > 0
