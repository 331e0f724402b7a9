"""French as it is printed: dates, amounts, telephones, plurals. Pure functions, below every app."""

from francais.dates import (
    JOURS,
    MOIS,
    date_courte,
    date_et_heure,
    date_longue,
    dates_courtes,
    heure,
    il_y_a,
    jour_et_mois,
    mois_et_annee,
    periode,
    quantieme,
)
from francais.mots import FINE, INSECABLE, abrege, de, en_ascii, enumerer, insecable, oui_non
from francais.nombres import euros, nombre, pluriel, telephone
from francais.noms import coller, formes, ordre, replier

__all__ = [
    "FINE",
    "INSECABLE",
    "JOURS",
    "MOIS",
    "abrege",
    "coller",
    "date_courte",
    "date_et_heure",
    "date_longue",
    "dates_courtes",
    "de",
    "en_ascii",
    "enumerer",
    "euros",
    "formes",
    "heure",
    "il_y_a",
    "insecable",
    "jour_et_mois",
    "mois_et_annee",
    "nombre",
    "ordre",
    "oui_non",
    "periode",
    "pluriel",
    "quantieme",
    "replier",
    "telephone",
]
