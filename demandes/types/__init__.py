"""The kinds of request, in the order of the pages. One family of kinds a module."""

from demandes.types.base import (
    MES_ENFANTS,
    MON_COMPTE,
    REFUSER,
    Ecart,
    Groupe,
    Onglet,
    Option,
    Part,
    TypeDemande,
    types_traites_par,
)

from .compte import Bancaires, Caf, Conjoint, Fiscales, Titulaire
from .enfant import AjouterEnfant, Assurance, Autorisations, Identite, Regime
from .liste import TypeListe
from .planning import DeclarationAbsence, DemandeReservation
from .sante import Medecin, Sanitaires, Vaccins
from .tiers import PersonnesAutorisees, PersonnesInterdites

__all__ = [
    "MES_ENFANTS",
    "MON_COMPTE",
    "REFUSER",
    "AjouterEnfant",
    "Assurance",
    "Autorisations",
    "Bancaires",
    "Caf",
    "Conjoint",
    "DeclarationAbsence",
    "DemandeReservation",
    "Ecart",
    "Fiscales",
    "Groupe",
    "Identite",
    "Medecin",
    "Onglet",
    "Option",
    "Part",
    "PersonnesAutorisees",
    "PersonnesInterdites",
    "Regime",
    "Sanitaires",
    "Titulaire",
    "TypeDemande",
    "TypeListe",
    "Vaccins",
    "types_traites_par",
]
