"""What a killed worker held is found again, whatever the clock says; what a living one holds is left to it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult, get_date_max

from socle.ouvrier.orphelines import ESSAIS, rendre_les_siennes, reprendre_les_orphelines
from socle.ouvrier.presence import est_mort, presence

LE_8_AVRIL = datetime(2015, 4, 8, 10, tzinfo=UTC)


def tache(*ouvriers: str, depuis: datetime = LE_8_AVRIL, etat: str = "RUNNING") -> DBTaskResult:
    """One that these workers took, one after the other."""
    return DBTaskResult.objects.create(
        task_path="courriels.taches.distribuer",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=get_date_max(),
        status=etat,
        started_at=depuis,
        worker_ids=list(ouvriers),
    )


def etat(tache: DBTaskResult) -> str:
    tache.refresh_from_db()
    return tache.status


@pytest.mark.parametrize("ecart", [timedelta(0), timedelta(days=-400), timedelta(days=400)])
def test_la_tache_d_un_mort_revient_quoi_que_dise_l_horloge(db, time_machine, ecart):
    """The clock was put forward while it began, then back: it began in a year."""
    time_machine.move_to(LE_8_AVRIL, tick=False)
    laissee = tache("mort", depuis=LE_8_AVRIL + ecart)
    assert reprendre_les_orphelines() == 1
    assert etat(laissee) == "READY"
    assert DBTaskResult.objects.ready().get() == laissee


def test_la_tache_d_un_vivant_reste_a_lui(db):
    tenue = tache("mort", "vivant", depuis=LE_8_AVRIL - timedelta(days=400))
    with presence("vivant"):
        assert not est_mort("vivant")
        assert reprendre_les_orphelines() == 0
        assert etat(tenue) == "RUNNING"


@pytest.mark.parametrize("deja", ["READY", "SUCCESSFUL", "FAILED"])
def test_ce_qui_attend_ou_est_fini_ne_bouge_pas(db, deja):
    autre = tache("mort", etat=deja)
    assert reprendre_les_orphelines() == 0
    assert etat(autre) == deja


def test_une_tache_qui_tue_trois_ouvriers_est_abandonnee_et_le_dit(db):
    fatale = tache(*["mort"] * ESSAIS)
    assert reprendre_les_orphelines() == 0
    assert etat(fatale) == "FAILED"
    assert "3 workers took this task and disappeared." in fatale.traceback


def test_un_ouvrier_qui_a_perdu_postgresql_ne_rend_que_les_siennes(db):
    siennes, autre, ancienne = tache("lui"), tache("autre"), tache("lui", "autre")
    assert rendre_les_siennes("lui") == 1
    assert [etat(siennes), etat(autre), etat(ancienne)] == ["READY", "RUNNING", "RUNNING"]


def test_la_commande_des_cinq_minutes_s_en_charge(db, capsys):
    laissee = tache("mort")
    call_command("reprendre_envois")
    assert etat(laissee) == "READY"
    assert "1\u00a0tâche remise dans la file" in capsys.readouterr().out
