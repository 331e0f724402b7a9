"""docs/exploitation.md as a machine reads it: its tables, and its blocks in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
GUIDE = RACINE / "docs" / "exploitation.md"
BLOC = re.compile(r"^```(?P<langue>\w+)\n(?P<texte>.*?)^```$", re.MULTILINE | re.DOTALL)
FICHIER = re.compile(r"`(/[\w./-]+)`:\s*$")
TABLE = re.compile(r"^\|.*\|\n\|[-|]+\|\n(?:\|.*\|\n)+", re.MULTILINE)


@dataclass(frozen=True)
class Bloc:
    """`sh`: followed as it stands. With `fichier`: the content of that file. `console`: only shown."""

    langue: str
    texte: str
    titre: str
    fichier: str = ""

    @property
    def commande(self) -> str:
        """What a shell does of it."""
        if self.fichier:
            return f"cat > {self.fichier} <<'FIN-DU-FICHIER'\n{self.texte}FIN-DU-FICHIER\n"
        return self.texte if self.langue == "sh" else ""


def blocs() -> list[Bloc]:
    texte = GUIDE.read_text()
    return [_bloc(texte, trouve) for trouve in BLOC.finditer(texte)]


def _bloc(texte: str, trouve: re.Match[str]) -> Bloc:
    avant = texte[: trouve.start()]
    fichier = FICHIER.search(avant)
    titres = re.findall(r"^##+ (.*)$", avant, re.MULTILINE)
    return Bloc(trouve["langue"], trouve["texte"], titres[-1], fichier[1] if fichier else "")


def fichier(chemin: str) -> str:
    """The content of the only block that is this file."""
    (texte,) = [bloc.texte for bloc in blocs() if bloc.fichier == chemin]
    return texte


def premiere_colonne(entete: str) -> Iterator[str]:
    """What stands between backquotes in the first column of the table that has this header."""
    for table in TABLE.findall(GUIDE.read_text()):
        lignes = table.splitlines()
        if lignes[0].split("|")[1].strip() == entete:
            for ligne in lignes[2:]:
                yield from re.findall(r"`([^`]+)`", ligne.split("|")[1])
