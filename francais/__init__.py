"""French as it is printed: dates, amounts, telephones, plurals. Pure functions, below every app."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

import phonenumbers

INSECABLE = "\u00a0"
FINE = "\u202f"  # narrow no-break space: thousands, and before ; ! ?
COUPURE = re.compile(r"[ \t\r\n\f\v]+")  # where a line may break: never at the two above

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


def dates_courtes(jours: Iterable[date]) -> str:
    """« 01, 08, 15/04/2015 ; 06/05/2015 », of days in order: each month is written once."""
    mois = groupby(jours, key=lambda jour: (jour.year, jour.month))
    return f"{INSECABLE}; ".join(
        ", ".join(f"{jour:%d}" for jour in groupe) + f"/{numero:02}/{annee:04}" for (annee, numero), groupe in mois
    )


def mois_et_annee(jour: date) -> str:
    """« avril 2015 »."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def heure(moment: time) -> str:
    """« 12 h », « 8 h 30 »."""
    minutes = f"{INSECABLE}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{INSECABLE}h{minutes}"


def il_y_a(duree: timedelta) -> str:
    """« il y a 3 heures »; « à l’instant » under a minute, or if two clocks disagree a little."""
    for mot, unite in UNITES.items():
        if (combien := duree // unite) > 0:
            return f"il y a {pluriel(combien, mot)}"
    return "à l’instant"


def nombre(valeur: Decimal | int, decimales: int = 0) -> str:
    """« 1 234,50 »: decimal comma, thin spaces. Rounds half up. Never give it a float."""
    arrondi = Decimal(valeur).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    return f"{arrondi:,}".replace(",", FINE).replace(".", ",")


def euros(montant: Decimal | int) -> str:
    """« 1 234,50 € », « −3,60 € »: with the sign of a sum below zero, not a hyphen."""
    return f"{nombre(montant, 2)}{INSECABLE}€".replace("-", "−")


def telephone(numero: phonenumbers.PhoneNumber | str) -> str:
    """« 01 02 03 04 05 »; a foreign number keeps its country code; what is no number is left as it is."""
    if isinstance(numero, str):
        try:
            numero = phonenumbers.parse(numero, "FR")
        except phonenumbers.NumberParseException:
            return numero
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    international = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    texte = phonenumbers.format_number(numero, national if numero.country_code == 33 else international)
    return texte.replace(" ", INSECABLE)


def oui_non(valeur: bool) -> str:
    return "Oui" if valeur else "Non"


def pluriel(n: int, singulier: str, au_pluriel: str = "") -> str:
    """« 0 enfant », « 1 enfant », « 2 enfants »: in French, the plural starts at two."""
    mot = singulier if abs(n) < 2 else (au_pluriel or singulier + "s")
    return f"{nombre(n)}{INSECABLE}{mot}"


def abrege(texte: str, longueur: int) -> str:
    """On one line. What has more characters than that is cut between two words, and ends with « … »."""
    if len(texte.rstrip()) <= longueur:
        return COUPURE.sub(" ", texte.strip())
    # One character more tells whether the last word is whole.
    *mots, _ = COUPURE.split(texte[: longueur + 1].lstrip())
    debut = " ".join(mots) or COUPURE.sub(" ", texte.strip())[:longueur]
    return debut.rstrip(f" .,:;-–«({INSECABLE}{FINE}") + "…"
