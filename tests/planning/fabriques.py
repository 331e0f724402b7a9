"""A row of each table of the planning, for the tests that visit every page."""

from datetime import date, time

from famille.models import Compte, Enfant, Famille
from planning.models import (
    Fermeture,
    Inscription,
    JourFerie,
    PlacesDuJour,
    Prestation,
    Reservation,
    Structure,
    Vacances,
)

RENTREE = date(2014, 9, 1)


def prestation() -> Prestation:
    """« Garderie matin »."""
    structure, _ = Structure.objects.get_or_create(nom="Garderie périscolaire")
    options = {"heure_debut": time(7, 30), "heure_fin": time(8, 30)}
    return Prestation.objects.get_or_create(structure=structure, nom="Garderie matin", defaults=options)[0]


def planning(enfant: Enfant, famille: Famille, *, par: Compte) -> Reservation:
    """The calendar, and that child booked on the first day of school."""
    ouverte = prestation()
    Vacances.objects.create(nom="Vacances de printemps", du=date(2015, 4, 11), au=date(2015, 4, 26))
    JourFerie.objects.create(jour=date(2015, 4, 6), nom="Lundi de Pâques")
    Fermeture.objects.create(du=date(2015, 5, 15), au=date(2015, 5, 15), motif="pont")
    PlacesDuJour.objects.create(prestation=ouverte, jour=RENTREE, places=10)
    inscription = Inscription.objects.inscrire(enfant, ouverte, famille, du=RENTREE, par=par)
    return inscription.reserver([RENTREE], par=par)[0]
