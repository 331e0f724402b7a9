"""The planning's tables: calendar, prestations, inscriptions, réservations. One noun a module."""

from .appels.termine import AppelTermine
from .calendrier import Fermeture, JourFerie, Vacances, lire_calendrier
from .effectifs.cuisine import FeuilleDeCuisine
from .effectifs.encadrement import Encadrement
from .inscription import Inscription
from .jours_pris.derogation import Derogation
from .pieces.exigence import PieceExigee
from .prestation import PlacesDuJour, Prestation, jours_ouverts
from .rentree.reconduction import Reconduction
from .reservation import Reservation
from .structure import Structure

__all__ = [
    "AppelTermine",
    "Derogation",
    "Encadrement",
    "Fermeture",
    "FeuilleDeCuisine",
    "Inscription",
    "JourFerie",
    "PieceExigee",
    "PlacesDuJour",
    "Prestation",
    "Reconduction",
    "Reservation",
    "Structure",
    "Vacances",
    "jours_ouverts",
    "lire_calendrier",
]
