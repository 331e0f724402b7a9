"""Days of the week, days of a month, periods of the school year."""

from collections.abc import Iterator
from datetime import date, timedelta, tzinfo
from enum import IntFlag

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.dateparse import parse_date


class Periode(TextChoices):
    """What the school calendar says of a day."""

    SCOLAIRE = "S", "Période scolaire"
    PETITES_VACANCES = "P", "Petites vacances"
    GRANDES_VACANCES = "G", "Grandes vacances"


UN_JOUR = timedelta(days=1)


class Jours(IntFlag):
    """A set of days of the week, as one small integer."""

    LUNDI = 1
    MARDI = 2
    MERCREDI = 4
    JEUDI = 8
    VENDREDI = 16
    SAMEDI = 32
    DIMANCHE = 64

    def comprend(self, jour: date) -> bool:
        # Plain integers: asked for each cell of each grid.
        return bool(int(self) >> jour.weekday() & 1)


AUCUN_JOUR = Jours(0)

SEMAINE = Jours.LUNDI | Jours.MARDI | Jours.MERCREDI | Jours.JEUDI | Jours.VENDREDI


def fuseau() -> tzinfo:
    """The town's: a deadline is an hour on its clock, and a day ends at its midnight."""
    return timezone.get_default_timezone()


def jours_entre(du: date, au: date) -> Iterator[date]:
    """Each day from `du` to `au`, both included."""
    return (du + timedelta(days=n) for n in range((au - du).days + 1))


def lire_jour(texte: str) -> date | None:
    """« 2015-04-08 », as an address or a field says a day; None if it is not one."""
    try:
        return parse_date(texte)
    except ValueError:
        return None


def bornes_du_mois(annee: int, mois: int) -> tuple[date, date]:
    """First and last days of a month."""
    premier = date(annee, mois, 1)
    return premier, (premier + timedelta(days=31)).replace(day=1) - UN_JOUR
