"""The household and its people. One noun a module."""

from .assurance import Assurance
from .banque import InformationsBancaires
from .caf import InformationsCaf, QuotientFamilial
from .compte import Compte
from .ecole import Ecole
from .enfant import Enfant
from .famille import Famille
from .fiscal import InformationsFiscales
from .rattachement import Rattachement
from .responsable import Responsable
from .sante import FicheSanitaire, LectureSante, Vaccination
from .tiers import Tiers

__all__ = [
    "Assurance",
    "Compte",
    "Ecole",
    "Enfant",
    "Famille",
    "FicheSanitaire",
    "InformationsBancaires",
    "InformationsCaf",
    "InformationsFiscales",
    "LectureSante",
    "QuotientFamilial",
    "Rattachement",
    "Responsable",
    "Tiers",
    "Vaccination",
]
