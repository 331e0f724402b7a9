"""A form that has acted, and what it led to: kept, or given back; of one that says no token, nothing is written."""

import pytest

from socle.models import FormulaireEnvoye

pytestmark = pytest.mark.django_db


@pytest.fixture
def envoi(db) -> FormulaireEnvoye:
    return FormulaireEnvoye.objects.create(jeton="a" * 64, empreinte="b" * 64)


def test_ce_a_quoi_il_a_mene_est_garde(envoi):
    envoi.clore({"vers": "/"})
    assert FormulaireEnvoye.objects.get().suite == {"vers": "/"}


def test_refuse_il_peut_se_renvoyer(envoi):
    envoi.rendre()
    assert not FormulaireEnvoye.objects.exists()


def test_sans_jeton_rien_ne_s_ecrit_ni_ne_s_efface(envoi):
    sans_jeton = FormulaireEnvoye()
    sans_jeton.clore({"vers": "/"})
    sans_jeton.rendre()
    assert FormulaireEnvoye.objects.get() == envoi
    assert envoi.suite == {}
