"""CSV as a French spreadsheet opens it with two clicks: BOM, semicolons, decimal commas, days as 08/04/2015."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO

from socle.exports.feuille import Feuille, Valeur
from socle.exports.valeurs import est_une_formule

BOM = "\ufeff"
LOT = 200  # rows sent together


def ecrire(feuille: Feuille) -> Iterator[str]:
    """Its pieces, each of a few rows: the whole is never in memory."""
    tampon = StringIO()
    plume = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    tampon.write(BOM)
    plume.writerow(map(_cellule, feuille.colonnes))
    for rang, ligne in enumerate(feuille.lignes, 1):
        plume.writerow(map(_cellule, ligne))
        if rang % LOT == 0:
            yield _vider(tampon)
    yield _vider(tampon)


def _vider(tampon: StringIO) -> str:
    texte = tampon.getvalue()
    tampon.seek(0)
    tampon.truncate()
    return texte


def _cellule(valeur: Valeur) -> str:
    match valeur:
        case None:
            return ""
        case str():
            # A number is written by us: its sign begins nothing.
            return f"'{valeur}" if est_une_formule(valeur) else valeur
        case datetime():
            return f"{valeur:%d/%m/%Y %H:%M}"
        case date():
            return f"{valeur:%d/%m/%Y}"
        case time():
            return f"{valeur:%H:%M}"
        case Decimal():
            return f"{valeur:f}".replace(".", ",")
    return str(valeur)
