"""The billed months that a campaign reads again: what has changed about their days, it bills or takes back."""

from datetime import date, timedelta

from facturation.models import CampagneDeFacturation
from planning.regles.jours import jours_entre

RECUL = timedelta(days=200)  # how far back a billed month is read again


class Rattrapage:
    """The issued campaigns of the same régie that ended not long before this one. One query."""

    def __init__(self, campagne: CampagneDeFacturation) -> None:
        emises = campagne.regie.campagnes.filter(emise_le__isnull=False)
        self.campagnes = list(emises.filter(au__gte=campagne.du - RECUL, au__lt=campagne.du))
        self.depuis: date = min([campagne.du, *(relue.du for relue in self.campagnes)])
        self._jours = {jour for relue in self.campagnes for jour in jours_entre(relue.du, relue.au)}

    def relit(self, jour: date) -> bool:
        """Whether that day was in one of them: there may be holes between two campaigns."""
        return jour in self._jours
