"""A grid, read."""

from datetime import date

from planning.mois.enfant import MoisEnfant

RENTREE = date(2014, 9, 1)


def grille(foyer, annee=2015, mois=4):
    return MoisEnfant(foyer.enfants[0], foyer.famille, annee, mois).grille
