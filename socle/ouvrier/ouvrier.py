"""django-tasks-db's worker, that PostgreSQL may leave for a while: it waits, then goes on where it stood."""

import logging
import time

from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from socle.ouvrier.orphelines import remettre, rendre_les_siennes
from socle.ouvrier.presence import Presence, presence
from socle.reglages.moment import une_lecture

PAUSE = 2  # seconds between two knocks at PostgreSQL's door
# What one fails of when PostgreSQL breaks off. `DatabaseError` itself: the socket closed on a server that was killed,
# and no code was received; a mistake of ours is one of its subclasses.
COUPURES = {
    f"{erreur.__module__}.{erreur.__qualname__}" for erreur in (InterfaceError, OperationalError, DatabaseError)
}
logger = logging.getLogger(__name__)


class Ouvrier(Worker):
    """Lives (`presence`) before it takes anything."""

    _presence: Presence
    _attend = False

    def run(self) -> None:
        while self.running:
            try:
                with presence(self.worker_id) as self._presence:
                    self._attend = False
                    rendre_les_siennes(self.worker_id)
                    super().run()
                    return
            except (InterfaceError, DatabaseError) as absence:
                if f"{type(absence).__module__}.{type(absence).__qualname__}" not in COUPURES:
                    raise
                self._le_dire(absence)
                connections.close_all()
                time.sleep(PAUSE)

    def _le_dire(self, absence: Exception) -> None:
        """Once an absence. Its message may quote what was asked: its kind alone is told."""
        if not self._attend:
            logger.warning("PostgreSQL does not answer (%s): the worker waits for it.", type(absence).__name__)
        self._attend = True

    def run_task(self, db_task_result: DBTaskResult) -> None:
        # Whoever is taken for dead does not begin: another may do this task already.
        self._presence.verifier()
        with une_lecture():
            super().run_task(db_task_result)
        if db_task_result.exception_class_path in COUPURES:
            remettre(db_task_result)
