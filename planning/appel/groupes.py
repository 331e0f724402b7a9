"""The groups of a roll, as animateurs part children: those under six, the others, each class."""

from collections.abc import Iterable
from datetime import date

from famille.models import Enfant

PETITS, GRANDS = "petits", "grands"
AGES = {PETITS: "Moins de 6 ans", GRANDS: "6 ans et plus"}
SIX_ANS = 6


def groupes(enfants: Iterable[Enfant], jour: date) -> list[tuple[str, str]]:
    """Code and name of each one that there is, ages first. None if there is nothing to choose from."""
    lus = list(enfants)
    ages = {_age(enfant, jour) for enfant in lus}
    classes = {enfant.classe for enfant in lus if enfant.classe}
    dits = [(code, nom) for code, nom in AGES.items() if ages == set(AGES)]
    if len(classes) > 1:
        dits += [(str(code), str(nom)) for code, nom in Enfant.Classe.choices if code in classes]
    return dits


def est_du_groupe(enfant: Enfant, groupe: str, jour: date) -> bool:
    """Everybody is of no group."""
    return groupe in ("", _age(enfant, jour), enfant.classe)


def _age(enfant: Enfant, jour: date) -> str:
    return PETITS if enfant.age_au(jour) < SIX_ANS else GRANDS
