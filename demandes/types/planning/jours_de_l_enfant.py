"""What the planning says of the days of a request: inscriptions, calendar, cells, each read once."""

from collections.abc import Iterable, Iterator
from datetime import date

from demandes.types.planning.code_de_jour import lire_jour
from demandes.types.planning.jours_ensemble import JoursEnsemble
from demandes.types.planning.prix import Couple, devis_de
from facturation.prix.devis import Devis
from famille.models import Enfant, Famille
from planning.models import Inscription, Reservation, lire_calendrier
from planning.models.jours_pris.manques import lire_les_pieces
from planning.regles.calendrier import Calendrier


class JoursDeLEnfant:
    """The days of a child on the inscriptions of one famille. `ensemble`: what was read with those of others."""

    def __init__(self, famille: Famille, enfant: Enfant | None, ensemble: JoursEnsemble | None = None) -> None:
        self.famille, self.enfant, self._ensemble = famille, enfant, ensemble
        self._lu: tuple[date, date, Calendrier] | None = ensemble.calendrier if ensemble else None
        self._lues: dict[frozenset[int], list[Inscription]] = {}
        self._suivantes: dict[frozenset[int], list[Inscription]] = {}

    def inscriptions(self, cles: Iterable[int]) -> list[Inscription]:
        """In the order in which places are taken: no deadlock between two requests."""
        voulues = frozenset(cles)
        if self._ensemble and voulues <= self._ensemble.cles:
            return self._ensemble.inscriptions(voulues, self.famille, self.enfant)
        if voulues not in self._lues:
            inscriptions = Inscription.objects.filter(pk__in=voulues, famille=self.famille, enfant=self.enfant)
            lues = inscriptions.select_related("prestation__structure", "enfant").order_by("prestation_id", "pk")
            self._lues[voulues] = list(lues.avec_manques())
            lire_les_pieces(self._lues[voulues])
        return self._lues[voulues]

    def par_inscription(self, codes: Iterable[str]) -> Iterator[tuple[Inscription, list[date]]]:
        """The days of each inscription that holds them now, in the order of the locks, each once."""
        jours: dict[Inscription, set[date]] = {}
        for code, inscription in self.porteuses(codes).items():
            jours.setdefault(inscription, set()).add(lire_jour(code)[1])
        for inscription in sorted(jours, key=lambda une: (une.prestation_id, une.pk)):
            yield inscription, sorted(jours[inscription])

    def porteuses(self, codes: Iterable[str]) -> dict[str, Inscription]:
        """By code, the inscription that holds that day: another one where the rhythm has changed since."""
        lus = {code: lire_jour(code) for code in codes}
        connues = {inscription.pk: inscription for inscription in self.inscriptions({cle for cle, _ in lus.values()})}
        porteuses = {code: connues[cle] for code, (cle, _) in lus.items() if cle in connues}
        cedes = {code: lus[code][1] for code, une in porteuses.items() if not une.couvre(lus[code][1])}
        if cedes:
            suites = self._suites({porteuses[code].prestation_id for code in cedes})
            for code, jour in cedes.items():
                memes = (s for s in suites if s.prestation_id == porteuses[code].prestation_id and s.couvre(jour))
                porteuses[code] = next(memes, porteuses[code])
        return porteuses

    def _suites(self, prestations: Iterable[int]) -> list[Inscription]:
        """All the child's inscriptions to those prestations."""
        voulues = frozenset(prestations)
        if voulues not in self._suivantes:
            suites = Inscription.objects.filter(prestation__in=voulues, famille=self.famille, enfant=self.enfant)
            lues = suites.filter(a_regulariser=False).select_related("prestation__structure", "enfant").avec_manques()
            self._suivantes[voulues] = list(lues)
        return self._suivantes[voulues]

    def journees(self, codes: Iterable[str]) -> dict[str, Reservation]:
        """The days as they are now, by code, in order."""
        porteuses = self.porteuses(codes)
        lues = {
            (inscription.pk, journee.jour): journee
            for inscription, jours in self.par_inscription(porteuses)
            for journee in inscription.journees(jours, self.calendrier(jours), self._lignes(inscription, jours))
        }
        journees = {code: lues[une.pk, lire_jour(code)[1]] for code, une in porteuses.items()}
        return dict(sorted(journees.items(), key=lambda paire: paire[1].jour))

    def devis(self, couples: Iterable[Couple]) -> Devis | None:
        """The prices of those days, and maybe of others; None if there is no day."""
        return self._ensemble.devis(self.famille) if self._ensemble else devis_de(self.famille, couples)

    def _lignes(self, inscription: Inscription, jours: list[date]) -> dict[date, Reservation] | None:
        return self._ensemble.prendre(inscription, jours) if self._ensemble else None

    def calendrier(self, jours: list[date]) -> Calendrier:
        """Read once, for all the days of the page."""
        if self._lu is None or jours[0] < self._lu[0] or jours[-1] > self._lu[1]:
            self._lu = (jours[0], jours[-1], lire_calendrier(jours[0], jours[-1]))
        return self._lu[2]
