"""Days, months and hours as they are printed."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby

from francais.nombres import pluriel

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


UNITES = {"jour": timedelta(days=1), "heure": timedelta(hours=1), "minute": timedelta(minutes=1)}


def quantieme(jour: date) -> str:
    """« 8 », but « 1er »."""
    return "1er" if jour.day == 1 else str(jour.day)


def jour_et_mois(jour: date) -> str:
    """« mercredi 8 avril »."""
    return f"{JOURS[jour.weekday()]} {quantieme(jour)} {MOIS[jour.month - 1]}"


def date_longue(jour: date) -> str:
    """« mercredi 8 avril 2015 »."""
    return f"{jour_et_mois(jour)} {jour.year}"


def date_courte(jour: date) -> str:
    """« 08/04/2015 »."""
    return f"{jour:%d/%m/%Y}"


def periode(du: date, au: date) -> str:
    """« du 08/04/2015 au 10/04/2015 », but « le 08/04/2015 »."""
    return f"le {date_courte(du)}" if du == au else f"du {date_courte(du)} au {date_courte(au)}"


def dates_courtes(jours: Iterable[date]) -> str:
    """« 01, 08, 15/04/2015 ; 06/05/2015 », of days in order: each month is written once."""
    mois = groupby(jours, key=lambda jour: (jour.year, jour.month))
    return "\u00a0; ".join(
        ", ".join(f"{jour:%d}" for jour in groupe) + f"/{numero:02}/{annee:04}" for (annee, numero), groupe in mois
    )


def mois_et_annee(jour: date) -> str:
    """« avril 2015 »."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def heure(moment: time) -> str:
    """« 12 h », « 8 h 30 »."""
    minutes = f"\u00a0{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}\u00a0h{minutes}"


def date_et_heure(moment: datetime) -> str:
    """« 08/04/2015 à 9 h 02 ». `moment`: already local."""
    return f"{date_courte(moment.date())} à {heure(moment.time())}"


def il_y_a(duree: timedelta) -> str:
    """« il y a 3 heures »; « à l’instant » under a minute, or if two clocks disagree a little."""
    for mot, unite in UNITES.items():
        if (combien := duree // unite) > 0:
            return f"il y a {pluriel(combien, mot)}"
    return "à l’instant"
