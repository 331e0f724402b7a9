"""How many animateurs must look after children of an accueil de loisirs.

Code de l’action sociale et des familles, R. 227-15 (extrascolaire) and R. 227-16 (périscolaire); which days are of
which kind: R. 227-1, II. A centre may want more animateurs than the law: see `Taux`.
"""

from dataclasses import dataclass
from datetime import date

from planning.regles.jours import Periode

GRAND_A_PARTIR_DE = 6  # years, on the day itself
LONGUE_AU_DELA_DE = 5 * 60  # minutes of accueil in a row
SAMEDI = 5


@dataclass(frozen=True, slots=True)
class Nombre:
    """Children under six, and those of six and over."""

    petits: int = 0
    grands: int = 0

    def __add__(self, autre: "Nombre") -> "Nombre":
        return Nombre(self.petits + autre.petits, self.grands + autre.grands)

    @property
    def total(self) -> int:
        return self.petits + self.grands


@dataclass(frozen=True, slots=True)
class Taux:
    """One animateur for so many children under six, for so many of six and over."""

    petits: int
    grands: int

    def animateurs(self, nombre: Nombre) -> int:
        """Each group has its own: nine and thirteen children are not looked after by the remainder of the other."""
        return _pour(nombre.petits, self.petits) + _pour(nombre.grands, self.grands)

    def __str__(self) -> str:
        return f"1 pour {self.petits} et 1 pour {self.grands}"


EXTRASCOLAIRE = Taux(8, 12)
PERISCOLAIRE_LONG, PERISCOLAIRE_COURT = Taux(8, 12), Taux(10, 14)
PERISCOLAIRE_LONG_AVEC_PEDT, PERISCOLAIRE_COURT_AVEC_PEDT = Taux(10, 14), Taux(14, 18)


def est_extrascolaire(jour: date, periode: Periode) -> bool:
    """Holidays and week-ends: no school of ours opens on Saturdays. Any other day is périscolaire, Wednesdays too."""
    return periode != Periode.SCOLAIRE or jour.weekday() >= SAMEDI


def taux_legal(jour: date, periode: Periode, minutes: int, *, pedt: bool) -> Taux:
    """`minutes`: how long children stay in a row. `pedt`: the town has a projet éducatif territorial."""
    if est_extrascolaire(jour, periode):
        return EXTRASCOLAIRE
    if minutes > LONGUE_AU_DELA_DE:
        return PERISCOLAIRE_LONG_AVEC_PEDT if pedt else PERISCOLAIRE_LONG
    return PERISCOLAIRE_COURT_AVEC_PEDT if pedt else PERISCOLAIRE_COURT


def _pour(enfants: int, par_animateur: int) -> int:
    return -(-enfants // par_animateur)
