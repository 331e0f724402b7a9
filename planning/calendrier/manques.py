"""What the town's calendar lacks. Without it every day is a school day: nobody books Christmas, and July is billed."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError
from django.db.models import F, Value
from django.utils import timezone

from planning.calendrier.donnees import REFORME_DES_ZONES, AnneesScolaires
from planning.models import JourFerie, Vacances
from socle.annee_scolaire import AnneeScolaire

# A school year is booked from the summer before.
AVANCE = timedelta(days=75)
VACANCES, FERIES = "Vacances scolaires", "Jours fériés"
# Days that belong to each of them in every zone and year: Ascension's bridge is not the spring's.
PERIODES = {
    "Toussaint": ((10, 15), (11, 10)),
    "Noël": ((12, 20), (12, 31)),
    "hiver": ((2, 10), (3, 10)),
    "printemps": ((4, 1), (4, 28)),
    "été": ((7, 10), (8, 25)),
}
Ligne = tuple[str, date, date, str]
COMMANDE = "run importer_calendrier, or let an agent write them."


def manques(le: date) -> list[str]:
    """« Vacances scolaires 2026-2027, zone C (printemps, été) », « Jours fériés 2026-2027 (Ascension) »: of the school
    year under way, and of the next once it is near. One query.
    """
    return [phrase for deux in manques_entre(le, le + AVANCE) for phrase in deux if phrase]


def manques_entre(du: date, au: date) -> list[tuple[str, str]]:
    """Of each school year that has a day in between: its school holidays, its public holidays; "" where none lacks."""
    annees = AnneeScolaire.entre(du, au)
    lus = _lire(annees[0].du, annees[-1].au)
    return [(_vacances(annee, lus), _feries(annee, lus)) for annee in annees]


def _lire(du: date, au: date) -> list[Ligne]:
    vacances = Vacances.objects.order_by().filter(du__lte=au, au__gte=du)
    feries = JourFerie.objects.order_by().filter(jour__range=(du, au))
    return list(
        vacances.values_list(Value(VACANCES), "du", "au", "zone").union(
            feries.values_list(Value(FERIES), F("jour"), F("jour"), Value("")), all=True
        )
    )


def _vacances(annee: AnneeScolaire, lus: Iterable[Ligne]) -> str:
    """A row of another zone is not the town's; one that an agent typed has none."""
    zone = settings.ZONE_SCOLAIRE if annee.du >= REFORME_DES_ZONES else settings.ZONE_SCOLAIRE_AVANT_2015
    connues = [(du, au) for quoi, du, au, la_leur in lus if quoi == VACANCES and la_leur in ("", zone)]
    absentes = [
        nom
        for nom, (debut, fin) in PERIODES.items()
        if not any(du <= _jour(annee, *fin) and au >= _jour(annee, *debut) for du, au in connues)
    ]
    lesquelles = f" ({', '.join(absentes)})" if len(absentes) < len(PERIODES) else ""
    return f"{VACANCES} {annee}, zone\u00a0{zone}{lesquelles}" if absentes else ""


def _feries(annee: AnneeScolaire, lus: Iterable[Ligne]) -> str:
    connus = {du for quoi, du, _, _ in lus if quoi == FERIES}
    attendus = AnneesScolaires(annee.debut, 1, settings.ZONE_SCOLAIRE, settings.ZONE_SCOLAIRE_AVANT_2015).feries()
    absents = [nom for jour, nom in sorted(attendus.items()) if jour not in connus]
    lesquels = f" ({', '.join(absents)})" if len(absents) < len(attendus) else ""
    return f"{FERIES} {annee}{lesquels}" if absents else ""


def _jour(annee: AnneeScolaire, mois: int, quantieme: int) -> date:
    return date(annee.debut if mois >= 9 else annee.debut + 1, mois, quantieme)


def verifier_le_calendrier(app_configs: Sequence[AppConfig] | None = None, **options: object) -> list[CheckMessage]:
    """For `check --deploy`. Before the tables are there, nothing is missing."""
    try:
        absents = manques(timezone.localdate())
    except DatabaseError:
        return []
    return [Warning(f"The calendar lacks {absent}: {COMMANDE}", id="planning.W001") for absent in absents]
