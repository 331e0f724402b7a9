"""A child's day, as one famille sees it: of the month's grid, only that day is filled in."""

from dataclasses import replace
from datetime import date
from functools import cached_property

from famille.models import Enfant, Famille
from planning.journees.journee import Journee
from planning.models import Reservation
from planning.mois.enfant import MoisEnfant
from planning.mois.grille import LigneDeGrille
from planning.mois.journees import JourneesDuMois
from planning.regles.etats import Presence


class JourEnfant(MoisEnfant):
    """With all that its réservations say: who, since when, why."""

    def __init__(self, enfant: Enfant, famille: Famille, jour: date) -> None:
        super().__init__(enfant, famille, jour.year, jour.month)
        self.jour = jour

    @property
    def jour_du_prix(self) -> date:
        return self.jour

    @cached_property
    def reservations(self) -> list[Reservation]:
        """Of every famille of the child."""
        du_jour = Reservation.objects.entre(self.jour, self.jour).filter(inscription__enfant=self.enfant)
        return list(du_jour.select_related("inscription", "prestation", "par__responsable"))

    def journee(self, ligne: LigneDeGrille) -> Journee:
        """That day of a row as the invoice will read it: the effective state, and the roll."""
        inscription, etat = ligne.dossier(self.jour).inscription, ligne.case(self.jour).etat
        rangee = next((une for une in self.reservations if une.inscription_id == inscription), None)
        if rangee:
            return replace(rangee.journee, etat=etat)
        cles = (self.famille.pk, self.enfant.pk, inscription, ligne.cle, self.jour)
        return Journee(*cles, None, etat, Presence.NON_POINTEE, None, None)

    def _journees(self) -> JourneesDuMois:
        return JourneesDuMois.ranger((une.journee, une.prestation.horaires) for une in self.reservations)
