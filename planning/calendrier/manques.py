"""What the town's calendar lacks. Without it every day is a school day: nobody books Christmas, and July is billed."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError
from django.db.models import F, Value
from django.utils import timezone

from planning.models import JourFerie, Vacances

RENTREE = 9
# A school year is booked from the summer before.
AVANCE = timedelta(days=75)
VACANCES, FERIES = "Vacances scolaires", "Jours fériés"
COMMANDE = "run importer_calendrier, or let an agent write them."


def annee_scolaire(jour: date) -> int:
    """The year in which its school year began."""
    return jour.year if jour.month >= RENTREE else jour.year - 1


def dire_l_annee(annee: int) -> str:
    """« 2026-2027 »."""
    return f"{annee}-{annee + 1}"


def manques(le: date) -> list[str]:
    """« Vacances scolaires 2026-2027 »: of the school year under way, and of the next once it is near. One query."""
    annees = range(annee_scolaire(le), annee_scolaire(le + AVANCE) + 1)
    du, au = date(annees.start, RENTREE, 1), date(annees.stop, RENTREE, 1)
    vacances = Vacances.objects.order_by().filter(du__gte=du, du__lt=au).values_list(Value(VACANCES), "du")
    feries = JourFerie.objects.order_by().filter(jour__gte=du, jour__lt=au).values_list(Value(FERIES), F("jour"))
    connus = {(quoi, annee_scolaire(jour)) for quoi, jour in vacances.union(feries)}
    attendus = [(quoi, annee) for annee in annees for quoi in (VACANCES, FERIES)]
    return [f"{quoi} {dire_l_annee(annee)}" for quoi, annee in attendus if (quoi, annee) not in connus]


def verifier_le_calendrier(app_configs: Sequence[AppConfig] | None = None, **options: object) -> list[CheckMessage]:
    """For `check --deploy`. Before the tables are there, nothing is missing."""
    try:
        absents = manques(timezone.localdate())
    except DatabaseError:
        return []
    return [Warning(f"The calendar lacks {absent}: {COMMANDE}", id="planning.W001") for absent in absents]
