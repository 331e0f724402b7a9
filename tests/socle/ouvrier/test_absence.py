"""PostgreSQL goes away and comes back: the worker waits, and does once what it was doing."""

import subprocess

import pytest
from django_tasks_db.models import DBTaskResult

from messagerie.models import Fil
from socle.ouvrier.ouvrier import PAUSE
from tests.courriels.bal import Bal
from tests.messagerie.fabriques import adresses, envoi_lance_a
from tests.messagerie.ouvriers import (
    DELAI,
    Embaucher,
    attendre,
    aucun_fil_ne_s_ecrit,
    en_plein_lot,
    sans_postgresql,
)
from tests.socle.ouvrier.outils import ouvriers_vivants


def test_sans_rien_a_faire_il_attend_que_postgresql_revienne(embaucher: Embaucher, smtp: Bal):
    ouvrier = embaucher("--interval=0.1")
    attendre(lambda: ouvriers_vivants() == 1)
    with sans_postgresql(), pytest.raises(subprocess.TimeoutExpired):
        ouvrier.wait(2 * PAUSE)
    envoi_lance_a(3)
    attendre(lambda: smtp.adresses == adresses(3))
    assert ouvrier.poll() is None


def test_au_milieu_d_une_tache_il_la_reprend_et_rien_n_est_fait_deux_fois(embaucher: Embaucher, smtp: Bal):
    envoi_lance_a(3)
    ouvrier = embaucher()
    with aucun_fil_ne_s_ecrit():
        attendre(lambda: len(en_plein_lot()) == 1)
        with sans_postgresql():
            attendre(lambda: not en_plein_lot())
    assert ouvrier.wait(DELAI) == 0
    assert Fil.objects.values("famille").distinct().count() == Fil.objects.count() == 3
    assert smtp.adresses == adresses(3)
    assert {tache.status for tache in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


def test_qui_ne_passe_plus_pour_vivant_le_redevient_avant_de_travailler(embaucher: Embaucher, smtp: Bal):
    """PostgreSQL came back before it asked for anything: taken for dead, it would do what another does too."""
    ouvrier = embaucher("--interval=0.1")
    attendre(lambda: ouvriers_vivants() == 1)
    with sans_postgresql():
        pass
    envoi_lance_a(3)
    attendre(lambda: smtp.adresses == adresses(3))
    assert ouvriers_vivants() == 1
    assert ouvrier.poll() is None
