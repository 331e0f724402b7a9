"""A spreadsheet (XLSX, ODS) as texts, in a process of its own whose memory and time are bounded.

A file of a few kilobytes may unfold to gigabytes, or name a cell at the far end of the sheet: whoever reads it here
dies alone. Run by `fichier`: the file on its input, JSON on its output. Knows nothing of Django, to start at once.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO

MEMOIRE_MAX = 1536 * 1024 * 1024  # bytes of addresses
SECONDES_MAX = 30  # of CPU


def principal(lignes_max: int, colonnes_max: int) -> None:
    """The first sheet that shows something: rows of texts, cut one beyond what is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MAX, MEMOIRE_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDES_MAX, SECONDES_MAX))
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    classeur = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
    feuilles = [
        feuille.name
        for feuille in classeur.sheets_metadata
        if feuille.typ == SheetTypeEnum.WorkSheet and feuille.visible == SheetVisibleEnum.Visible
    ]
    lignes: list[list[str]] = []
    for nom in feuilles:
        rangees = classeur.get_sheet_by_name(nom).to_python(skip_empty_area=False, nrows=lignes_max + 1)
        lignes = [[texte(cellule) for cellule in rangee[:colonnes_max]] for rangee in rangees]
        if any(map(any, lignes)):
            break
    json.dump(lignes, sys.stdout)


def texte(cellule: object) -> str:
    """A day as « 2015-04-08 », a whole number without its « .0 », yes or no in French."""
    match cellule:
        case bool():
            return "Oui" if cellule else "Non"
        case float():
            return str(int(cellule)) if cellule.is_integer() else repr(cellule)
        case datetime():
            return f"{cellule:%Y-%m-%d}" if cellule.time() == time() else f"{cellule:%Y-%m-%d %H:%M}"
        case date():
            return f"{cellule:%Y-%m-%d}"
        case time():
            return f"{cellule:%H:%M}"
        case timedelta():
            return str(cellule)
    return str(cellule)


if __name__ == "__main__":
    principal(int(sys.argv[1]), int(sys.argv[2]))
