"""XLSX: real days, real numbers, texts that no spreadsheet runs. Rows go to a file in memory as they come."""

import os
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from socle.exports.feuille import Feuille, Valeur
from socle.exports.valeurs import est_une_formule

TYPE_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# XlsxWriter puts the rows aside while it writes them. In memory: a disk would keep them in clear if we were killed.
A_L_ABRI = "/dev/shm" if os.path.isdir("/dev/shm") else None
TEXTE_MAX = 32_767  # characters of a cell
LIGNES_MAX = 1_048_576 - 1  # rows of a sheet, under its titles
INTERDITS = re.compile(r"[\[\]:*?/\\']")  # in the name of a sheet


def ecrire(*feuilles: Feuille) -> BytesIO:
    """The file, compressed, at its beginning. A row more than a sheet holds begins another one."""
    sortie = BytesIO()
    with TemporaryDirectory(dir=A_L_ABRI, prefix="classeur-") as abri:
        classeur = Workbook(sortie, {"constant_memory": True, "tmpdir": abri, "strings_to_urls": False})
        for feuille in feuilles:
            plume = Plume(classeur, feuille)
            for ligne in feuille.lignes:
                plume.ecrire(ligne)
        classeur.close()
    sortie.seek(0)
    return sortie


class Plume:
    """Writes row after row."""

    def __init__(self, classeur: Workbook, feuille: Feuille) -> None:
        self.classeur, self.feuille = classeur, feuille
        self.feuilles = 0
        self.titre = classeur.add_format({"bold": True, "bg_color": "#E6ECF5", "text_wrap": True, "valign": "top"})
        self.texte = classeur.add_format({"quote_prefix": True})
        self.formats: dict[type, Format] = {
            date: classeur.add_format({"num_format": "dd/mm/yyyy"}),
            datetime: classeur.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            time: classeur.add_format({"num_format": "hh:mm"}),
            Decimal: classeur.add_format({"num_format": "#,##0.00"}),
        }
        self._commencer()

    def ecrire(self, ligne: Sequence[Valeur]) -> None:
        if self.rang >= LIGNES_MAX:
            self._commencer()
        self.rang += 1
        for colonne, valeur in enumerate(ligne):
            self._cellule(colonne, valeur)

    def _commencer(self) -> None:
        self.feuilles += 1
        suite = f" ({self.feuilles})" if self.feuilles > 1 else ""
        nom = INTERDITS.sub(" ", self.feuille.titre)[: 31 - len(suite)].strip() + suite
        self.page: Worksheet = self.classeur.add_worksheet(nom)
        self.page.freeze_panes(1, 0)
        self.page.set_column(0, max(0, len(self.feuille.colonnes) - 1), 20)
        for colonne, titre in enumerate(self.feuille.colonnes):
            self.page.write_string(0, colonne, titre, self.titre)
        self.rang = 0

    def _cellule(self, colonne: int, valeur: Valeur) -> None:
        match valeur:
            case None:
                return
            case str():
                garde = self.texte if est_une_formule(valeur) else None
                self.page.write_string(self.rang, colonne, valeur[:TEXTE_MAX], garde)
            case datetime():
                self.page.write_datetime(self.rang, colonne, valeur.replace(tzinfo=None), self.formats[datetime])
            case date() | time():
                self.page.write_datetime(self.rang, colonne, valeur, self.formats[type(valeur)])
            case Decimal():
                self.page.write_number(self.rang, colonne, valeur, self.formats[Decimal])
            case int():
                self.page.write_number(self.rang, colonne, valeur)
