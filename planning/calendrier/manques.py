"""What the town's calendar lacks. Without it every day is a school day: nobody books Christmas, and July is billed."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError
from django.db.models import F, Value
from django.utils import timezone

from planning.models import JourFerie, Vacances
from socle.annee_scolaire import AnneeScolaire

# A school year is booked from the summer before.
AVANCE = timedelta(days=75)
VACANCES, FERIES = "Vacances scolaires", "Jours fériés"
COMMANDE = "run importer_calendrier, or let an agent write them."


def manques(le: date) -> list[str]:
    """« Vacances scolaires 2026-2027 »: of the school year under way, and of the next once it is near. One query."""
    annees = AnneeScolaire.entre(le, le + AVANCE)
    bornes = annees[0].du, annees[-1].au
    vacances = Vacances.objects.order_by().filter(du__range=bornes).values_list(Value(VACANCES), "du")
    feries = JourFerie.objects.order_by().filter(jour__range=bornes).values_list(Value(FERIES), F("jour"))
    connus = {(quoi, AnneeScolaire.de(jour)) for quoi, jour in vacances.union(feries)}
    attendus = [(quoi, annee) for annee in annees for quoi in (VACANCES, FERIES)]
    return [f"{quoi} {annee}" for quoi, annee in attendus if (quoi, annee) not in connus]


def verifier_le_calendrier(app_configs: Sequence[AppConfig] | None = None, **options: object) -> list[CheckMessage]:
    """For `check --deploy`. Before the tables are there, nothing is missing."""
    try:
        absents = manques(timezone.localdate())
    except DatabaseError:
        return []
    return [Warning(f"The calendar lacks {absent}: {COMMANDE}", id="planning.W001") for absent in absents]
