"""A file as a table of texts: CSV of any usual writing, XLSX, ODS. Raises FichierIllisible, one sentence."""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from francais import nombre
from portail.importation.lecture.fautes import FichierIllisible
from socle.fichiers.examen import poids

OCTETS_MAX = 10 * 1024 * 1024
LIGNES_MAX = 20_000  # children
COLONNES_MAX = 200
CELLULE_MAX = 2_000  # characters
TABLEUR = Path(__file__).with_name("tableur.py")
INVISIBLES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
PATIENCE = 60  # seconds, for a spreadsheet
ZIP, ANCIEN_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ABIME = (
    "Ce fichier est abîmé, ou démesuré\u00a0: il ne s’ouvre pas. Ouvrez-le dans votre tableur, "
    "copiez les lignes dans un "
    "classeur neuf, enregistrez-le en XLSX ou en CSV."
)


@dataclass(frozen=True)
class Table:
    """`lignes`: (number in the file, cells), the empty ones left out; the titles are line 1."""

    entetes: Sequence[str]
    lignes: Sequence[tuple[int, Sequence[str]]]


def lire(contenu: bytes) -> Table:
    """The first line that holds something has the titles."""
    if not contenu.strip():
        raise FichierIllisible("Ce fichier est vide.")
    if len(contenu) > OCTETS_MAX:
        raise FichierIllisible(f"Ce fichier pèse {poids(len(contenu))}\u00a0: {poids(OCTETS_MAX)} au plus.")
    if contenu.startswith(ANCIEN_EXCEL):
        raise FichierIllisible(
            "C’est un classeur protégé par un mot de passe, ou d’un ancien Excel (.xls)\u00a0: "
            "enregistrez-le en XLSX, sans "
            "mot de passe."
        )
    rangees = _du_tableur(contenu) if contenu.startswith(ZIP) else _du_csv(contenu)
    pleines = [(numero, _ligne(rangee)) for numero, rangee in enumerate(rangees, 1) if any(map(str.strip, rangee))]
    if len(pleines) < 2:
        raise FichierIllisible("Ce fichier n’a pas de ligne sous celle des titres.")
    if len(pleines) - 1 > LIGNES_MAX:
        raise FichierIllisible(f"{nombre(LIGNES_MAX)} lignes au plus\u00a0: coupez ce fichier en plusieurs.")
    return Table(pleines[0][1], pleines[1:])


def _ligne(rangee: Sequence[str]) -> list[str]:
    """Without what no page can show, and PostgreSQL no text holds."""
    return [INVISIBLES.sub("", cellule[:CELLULE_MAX]).strip() for cellule in rangee[:COLONNES_MAX]]


def _du_tableur(contenu: bytes) -> list[list[str]]:
    try:
        lu = subprocess.run(
            [sys.executable, "-I", TABLEUR, str(LIGNES_MAX + 2), str(COLONNES_MAX)],
            input=contenu,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        return json.loads(lu.stdout)
    except (subprocess.SubprocessError, ValueError):
        raise FichierIllisible(ABIME) from None


def _du_csv(contenu: bytes) -> list[list[str]]:
    texte = _decoder(contenu)
    if "\x00" in texte:
        raise FichierIllisible(ABIME)
    lecteur = csv.reader(StringIO(texte, newline=""), delimiter=_separateur(texte))
    rangees: list[list[str]] = []
    try:
        for rangee in lecteur:
            # A cell may hold several lines: the number is that of the row, as a spreadsheet numbers it.
            rangees.append([_sans_apostrophe(cellule) for cellule in rangee])
            if len(rangees) > LIGNES_MAX + 1_000:
                break
    except csv.Error:
        raise FichierIllisible(ABIME) from None
    return rangees


def _decoder(contenu: bytes) -> str:
    """By its mark, if it has one; else UTF-8 if it holds, else as Windows writes French."""
    if contenu.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _essayer(contenu, "utf-16")
    # UTF-16 without its mark: one byte in two of French letters is nul.
    if contenu[1:200:2].count(0) > 50:
        return _essayer(contenu, "utf-16-le")
    try:
        return contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenu.decode("cp1252", errors="replace")


def _essayer(contenu: bytes, jeu: str) -> str:
    try:
        return contenu.decode(jeu)
    except UnicodeDecodeError:
        raise FichierIllisible(ABIME) from None


def _separateur(texte: str) -> str:
    """Of the three, the one that the titles hold most, out of quotes."""
    titres = next((ligne for ligne in texte.splitlines() if ligne.strip()), "")
    dehors = "".join(titres.split('"')[::2])
    fois = Counter({signe: dehors.count(signe) for signe in ";\t,"})
    return fois.most_common(1)[0][0]


def _sans_apostrophe(cellule: str) -> str:
    """What our own exports put before what would be a formula."""
    return cellule[1:] if cellule[:1] == "'" and cellule[1:2] in tuple("=+-@") else cellule
