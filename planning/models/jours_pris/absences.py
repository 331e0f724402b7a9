"""Absences on several days of an inscription, each by the verb of its day."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models, transaction

from famille.models import Compte

if TYPE_CHECKING:
    from planning.models.reservation import Reservation


class AvecAbsences(models.Model):
    """What may be said at once of days that the child will not come."""

    class Meta:
        abstract = True

    def journees(self, jours: Iterable[date]) -> list["Reservation"]:
        raise NotImplementedError

    @transaction.atomic
    def demander_absence(self, jours: Iterable[date], *, motif: str = "", par: Compte) -> list["Reservation"]:
        """Declare absences on booked or régulier days, all or none."""
        journees = self.journees(jours)
        for journee in journees:
            journee.demander_absence(motif, par=par)
        return journees

    @transaction.atomic
    def mettre_en_conge(self, jours: Iterable[date], *, par: Compte) -> list["Reservation"]:
        """The famille is away: the booked days among those are given back, unbilled. The others stay as they are."""
        journees = [journee for journee in self.journees(jours) if journee.est_acquise]
        for journee in journees:
            journee.mettre_en_conge(par=par)
        return journees
