"""A town ready for an import: two schools, prestations, and what reads a file written in place."""

from collections.abc import Callable
from datetime import time

import pytest

from famille.models import Compte, Ecole
from planning.models import Prestation, Structure
from planning.regles.jours import SEMAINE
from portail.importation.bilan import Bilan
from portail.importation.importation import Importation
from portail.importation.lecture.correspondance import deviner
from portail.importation.lecture.fichier import lire

Importer = Callable[..., Bilan]


@pytest.fixture
def commune(db) -> None:
    Ecole.objects.create(nom="École Jean-Moulin")
    structure = Structure.objects.create(nom="Garderie périscolaire")
    for nom, de, a, places in (
        ("Garderie matin", time(7, 30), time(8, 30), None),
        ("Garderie soir", time(16, 30), time(18, 30), 2),
        ("Étude", time(16, 30), time(17, 30), None),
    ):
        Prestation.objects.create(
            structure=structure, nom=nom, heure_debut=de, heure_fin=a, places=places, jours_scolaires=SEMAINE
        )


def texte(*lignes: dict[str, str]) -> str:
    """A CSV whose titles are those of the lines."""
    titres = list(dict.fromkeys(titre for ligne in lignes for titre in ligne))
    rangees = [titres, *([ligne.get(titre, "") for titre in titres] for ligne in lignes)]
    return "\n".join(";".join(f'"{cellule}"' for cellule in rangee) for rangee in rangees)


@pytest.fixture
def importer(commune, directrice: Compte) -> Importer:
    """Writes, unless `essai` is said."""

    def _importer(*lignes: dict[str, str], essai: bool = False, vu: str = "") -> Bilan:
        table = lire(texte(*lignes).encode())
        importation = Importation(table, deviner(table.entetes), "familles.csv", directrice)
        return importation.essayer() if essai else importation.faire(vu=vu)

    return _importer
