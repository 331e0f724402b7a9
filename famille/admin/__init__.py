"""The agents' pages of the familles. One noun a module; each group sees what its rights open."""

from famille.admin import compte, courriel, ecole, enfant, famille, journal, responsable
from famille.admin.finances import banque, caf, fiscal
from famille.admin.sante import fiche

__all__ = [
    "banque",
    "caf",
    "compte",
    "courriel",
    "ecole",
    "enfant",
    "famille",
    "fiche",
    "fiscal",
    "journal",
    "responsable",
]
