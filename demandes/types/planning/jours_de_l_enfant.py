"""What the planning says of the days of a request: inscriptions, calendar, cells, each read once."""

from collections.abc import Iterable, Iterator
from datetime import date

from demandes.types.planning.code_de_jour import ecrire_jour, lire_jour
from famille.models import Enfant, Famille
from planning.models import Inscription, Reservation, lire_calendrier
from planning.regles.calendrier import Calendrier


class JoursDeLEnfant:
    """The days of a child on the inscriptions of one famille."""

    def __init__(self, famille: Famille, enfant: Enfant | None) -> None:
        self.famille, self.enfant = famille, enfant
        self._lu: tuple[date, date, Calendrier] | None = None
        self._lues: dict[frozenset[int], list[Inscription]] = {}

    def inscriptions(self, cles: Iterable[int]) -> list[Inscription]:
        """In the order in which places are taken: no deadlock between two requests."""
        voulues = frozenset(cles)
        if voulues not in self._lues:
            inscriptions = Inscription.objects.filter(pk__in=voulues, famille=self.famille, enfant=self.enfant)
            lues = inscriptions.select_related("prestation__structure", "enfant").order_by("prestation_id", "pk")
            self._lues[voulues] = list(lues)
        return self._lues[voulues]

    def par_inscription(self, codes: Iterable[str]) -> Iterator[tuple[Inscription, list[date]]]:
        """The days of each inscription, in order, each once."""
        jours: dict[int, set[date]] = {}
        for cle, jour in map(lire_jour, codes):
            jours.setdefault(cle, set()).add(jour)
        for inscription in self.inscriptions(jours):
            yield inscription, sorted(jours[inscription.pk])

    def journees(self, codes: Iterable[str]) -> dict[str, Reservation]:
        """The days as they are now, by code, in order."""
        journees = {}
        for inscription, jours in self.par_inscription(codes):
            for journee in inscription.journees(jours, self.calendrier(jours)):
                journees[ecrire_jour(inscription.pk, journee.jour)] = journee
        return dict(sorted(journees.items(), key=lambda paire: paire[1].jour))

    def calendrier(self, jours: list[date]) -> Calendrier:
        """Read once, for all the days of the page."""
        if self._lu is None or jours[0] < self._lu[0] or jours[-1] > self._lu[1]:
            self._lu = (jours[0], jours[-1], lire_calendrier(jours[0], jours[-1]))
        return self._lu[2]
