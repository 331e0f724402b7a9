"""The planning. Its calendar is the town's to fill: `check --deploy` tells what it lacks."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Planning"

    def ready(self) -> None:
        # What follows a child whose two records become one; why a child cannot leave a famille yet.
        from planning import fusion  # noqa: F401
        from planning.calendrier.manques import verifier_le_calendrier
        from planning.inscriptions import retenue  # noqa: F401

        register(verifier_le_calendrier, Tags.models, deploy=True)
