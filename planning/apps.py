"""The planning. Its calendar is the town's to fill: `check --deploy` tells what it lacks.

Its one signal is Django's own: once a migrate has made the tables, PostgreSQL is told the town's time zone.
"""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Planning"

    def ready(self) -> None:
        # What follows a child whose two records become one; why a child cannot leave a famille yet.
        from planning import fusion  # noqa: F401
        from planning.calendrier.fuseau import poser_le_fuseau, verifier_le_fuseau
        from planning.calendrier.manques import verifier_le_calendrier
        from planning.inscriptions import retenue  # noqa: F401

        register(verifier_le_calendrier, Tags.models, deploy=True)
        register(verifier_le_fuseau, Tags.models, deploy=True)
        post_migrate.connect(poser_le_fuseau, sender=self)
