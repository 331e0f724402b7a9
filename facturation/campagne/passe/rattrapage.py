"""The billed months that a campaign reads again: what has changed about their days, it bills or takes back."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from facturation.campagne.regles import ReglesDeCampagne
from facturation.models import CampagneDeFacturation
from planning.models import lire_calendrier
from planning.regles.calendrier import Calendrier
from planning.regles.jours import jours_entre

RECUL = timedelta(days=200)  # how far back a billed month is read again
LOINTAIN = timedelta(days=2 * 366)  # and, older than that, a day that the calendar has closed since


class Rattrapage:
    """The issued campaigns of the same régie that ended before this one, each by its own rules."""

    def __init__(self, campagne: CampagneDeFacturation) -> None:
        emises = campagne.regie.campagnes.filter(emise_le__isnull=False, au__lt=campagne.du).order_by("du")
        connues = list(emises.filter(au__gte=campagne.du - LOINTAIN))
        calendrier = lire_calendrier(min([campagne.du, *(connue.du for connue in connues)]), campagne.au)
        regles_de = partial(ReglesDeCampagne.de, calendrier=calendrier)
        self._jours: dict[date, ReglesDeCampagne] = {}
        self.campagnes: list[CampagneDeFacturation] = []
        for connue in connues:
            if connue.au >= campagne.du - RECUL:
                regles = regles_de(connue)
                jours = list(jours_entre(connue.du, connue.au))
            elif connue.regles is not None:
                regles = regles_de(connue)
                jours = regles.jours_changes(calendrier)
            else:
                continue  # issued before campaigns kept their rules: nothing tells what has changed
            if jours:
                self.campagnes.append(connue)
                self._jours.update(dict.fromkeys(jours, regles))
        self.calendrier: Calendrier = calendrier
        self.depuis: date = min([campagne.du, *(relue.du for relue in self.campagnes)])

    def relit(self, jour: date) -> bool:
        """Whether that day was in one of them: there may be holes between two campaigns."""
        return jour in self._jours

    def regles(self, jour: date) -> ReglesDeCampagne:
        """Those that a day which is read again was billed by."""
        return self._jours[jour]

    @property
    def toutes_les_regles(self) -> list[ReglesDeCampagne]:
        return list({id(regles): regles for regles in self._jours.values()}.values())

    def jours(self) -> Iterator[tuple[int, list[date]]]:
        """The open days to read again, by prestation, a campaign after the other."""
        for regles in self.toutes_les_regles:
            for prestation, jours in regles.jours(self.calendrier).items():
                yield prestation, [jour for jour in jours if self.relit(jour)]
