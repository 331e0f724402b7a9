"""What a group's e-mails wait for: the queue comes back for the last of them, if it knows how to wait."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courriels import depot
from courriels.depot import deposer
from courriels.models import Courriel

from .fabriques import avis

pytestmark = pytest.mark.django_db
CINQ, DIX = timedelta(minutes=5), timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _un_matin():
    with time_machine.travel("2015-04-08 07:30Z", tick=False):
        yield


def deux_du_groupe() -> list[Courriel]:
    return [
        Courriel.a(f"p{n}@example.org", avis(groupe="decisions", attend=attend)) for n, attend in enumerate((DIX, CINQ))
    ]


def test_la_file_revient_quand_le_dernier_est_du(settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        deposer(deux_du_groupe())
    plus_tard = DBTaskResult.objects.filter(run_after__gt=timezone.now(), run_after__lt=timezone.now() + DIX + DIX)
    assert plus_tard.get().run_after == timezone.now() + DIX


def test_ceux_qui_ne_sont_d_aucun_groupe_ne_font_pas_revenir_la_file(settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        deposer([Courriel.a("jean@example.org", avis())])
    assert DBTaskResult.objects.count() == 1


def test_une_file_qui_ne_sait_pas_attendre_les_garde(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        deposer(deux_du_groupe())
    assert mailoutbox == []
    assert Courriel.objects.en_attente().count() == 2


def test_une_file_qui_ne_repond_pas_n_empeche_pas_d_ecrire(monkeypatch, django_capture_on_commit_callbacks):
    """What is written is found later by `reprendre_envois`."""

    def en_panne() -> None:
        raise OSError("gone")

    def plus_tard(run_after: datetime) -> SimpleNamespace:
        return muette

    muette = SimpleNamespace(
        enqueue=en_panne, using=plus_tard, get_backend=lambda: SimpleNamespace(supports_defer=True)
    )
    monkeypatch.setattr(depot, "distribuer", muette)
    with django_capture_on_commit_callbacks(execute=True) as suites:
        deposer(deux_du_groupe())
    assert len(suites) == 2
    assert Courriel.objects.en_attente().count() == 2
