"""django-tasks-db's command, with our worker: with the keys of this base, it waits for PostgreSQL."""

import os

from django.core.management.base import CommandError
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV, run_with_reloader
from django_tasks_db.management.commands import db_worker

from socle.cles import refuser_d_autres_cles
from socle.ouvrier.ouvrier import Ouvrier


class Command(db_worker.Command):
    def handle(
        self,
        *,
        verbosity: int,
        queue_name: str,
        exclude_queues: str,
        interval: float,
        batch: bool,
        backend_name: str,
        startup_delay: bool,
        reload: bool,
        max_tasks: int | None,
        worker_id: str,
        **options: object,
    ) -> None:
        refuser_d_autres_cles()
        self.configure_logging(verbosity)
        ecartees = exclude_queues.split(",") if exclude_queues else []
        if ecartees and queue_name != "*":
            raise CommandError("--exclude-queues can only be used with --queue-name=*")
        ouvrier = Ouvrier(
            queue_names=queue_name.split(","),
            interval=interval,
            batch=batch,
            backend_name=backend_name,
            startup_delay=startup_delay,
            max_tasks=max_tasks,
            worker_id=worker_id,
            excluded_queue_names=ecartees,
        )
        relance = reload and not batch
        # With the reloader, it is the child that works, and listens to signals.
        if not relance or os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":
            ouvrier.configure_signals()
        if relance:
            run_with_reloader(ouvrier.run)
        else:
            ouvrier.run()
