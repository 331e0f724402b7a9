"""The kinds of request there are, in the order of the pages. What a parent asks goes in; a changed record comes out.

A new kind is one class in the module of its family, imported here: no migration, no address, no template.
"""

from demandes.genre.type_demande import GENRES

from .compte import Bancaires, Caf, Conjoint, Fiscales, Titulaire
from .enfant import AjouterEnfant, Assurance, Autorisations, Identite, Regime
from .planning.absence import DeclarationAbsence
from .planning.reservation import DemandeReservation
from .sante import Medecin, Sanitaires, Vaccins
from .tiers import PersonnesAutorisees, PersonnesInterdites

__all__ = [
    "GENRES",
    "AjouterEnfant",
    "Assurance",
    "Autorisations",
    "Bancaires",
    "Caf",
    "Conjoint",
    "DeclarationAbsence",
    "DemandeReservation",
    "Fiscales",
    "Identite",
    "Medecin",
    "PersonnesAutorisees",
    "PersonnesInterdites",
    "Regime",
    "Sanitaires",
    "Titulaire",
    "Vaccins",
]
