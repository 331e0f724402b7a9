"""What is wrong in a file: where, what was read, what was expected. All of them are told at once."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Faute:
    """`colonne`: its title in the file, empty if the whole line is at fault."""

    ligne: int
    colonne: str
    valeur: str
    attendu: str

    def __str__(self) -> str:
        """« Ligne 12, « QF » : « six cents » n’est pas un nombre entier. »."""
        ou = f"Ligne {self.ligne}, «\u00a0{self.colonne}\u00a0»" if self.colonne else f"Ligne {self.ligne}"
        lu = f"«\u00a0{self.valeur}\u00a0». " if self.valeur else ""
        return f"{ou}\u00a0: {lu}{self.attendu}"


class FichierIllisible(Exception):
    """Nothing can be read of it: one French sentence."""


class Incompris(Exception):
    """Of one cell: what was expected, in French."""
