"""Tasks that nobody will end: their worker was killed, or PostgreSQL went away under it. They go back to the queue."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from socle.ouvrier.presence import est_mort

# One that kills whoever takes it (for want of memory, say) is given up then.
ESSAIS = 3


class OuvrierDisparu(Exception):
    """Each of the workers that took this task disappeared."""


def reprendre_les_orphelines() -> int:
    """Give back to the queue what dead workers held; returns how many tasks."""
    return _rendre_celles(est_mort)


def rendre_les_siennes(ouvrier: str) -> int:
    """Give back what that worker held before it lost PostgreSQL: it holds nothing else now."""
    return _rendre_celles(lambda dernier: dernier == ouvrier)


def _rendre_celles(abandonnee_par: Callable[[str], bool]) -> int:
    en_cours = list(DBTaskResult.objects.running().values_list("pk", flat=True))
    return sum(_rendre(pk, abandonnee_par) for pk in en_cours)


@transaction.atomic
def _rendre(pk: UUID, abandonnee_par: Callable[[str], bool]) -> bool:
    """Under lock, read again: it may just have ended, or been given back by another."""
    tache = DBTaskResult.objects.running().filter(pk=pk).select_for_update(skip_locked=True).first()
    if tache is None or not abandonnee_par(tache.worker_ids[-1]):
        return False
    if not remettre(tache):
        tache.set_failed(OuvrierDisparu(f"{ESSAIS} workers took this task and disappeared."))
        return False
    return True


def remettre(tache: DBTaskResult) -> bool:
    """Give a task back to the queue, unless it was taken too often: then nothing of it changes."""
    if len(tache.worker_ids) >= ESSAIS:
        return False
    tache.status, tache.finished_at = TaskResultStatus.READY, None
    tache.exception_class_path = tache.traceback = ""
    tache.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
    return True
