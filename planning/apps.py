"""The planning. Its calendar is the town's to fill: `check --deploy` tells what it lacks."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = "Planning"

    def ready(self) -> None:
        from planning.calendrier.manques import verifier_le_calendrier

        register(verifier_le_calendrier, Tags.models, deploy=True)
