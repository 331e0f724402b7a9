"""The calendar of a town: what kind of day it is, and whether a prestation receives children on it. Pure: the tables
are in `planning.models.calendrier`, and the same rules in SQL are `planning_faits` (migrations 0005 and 0011)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from francais import date_courte, jour_et_mois
from planning.regles.jours import AUCUN_JOUR, Periode, jours_entre
from planning.regles.ouverture import Ouverture


@dataclass(frozen=True, slots=True)
class Faits:
    """What the calendar, the prestation and the inscription say of a cell.

    `ouvert`: the prestation's rule opens it on that day of the week, in that period, closures and holidays apart.
    `servie`: the rule opens it on some day of that period. `chevauche`: the child is present elsewhere at that time.
    `hors_horaire`: arrived before, or left after, the hours of the prestation.
    """

    periode: Periode = Periode.SCOLAIRE
    ferie: bool = False
    ferme: bool = False
    ouvert: bool = True
    servie: bool = True
    inscrit: bool = True
    chevauche: bool = False
    hors_horaire: bool = False

    @property
    def accueille(self) -> bool:
        """Children come to this prestation on that day."""
        return self.ouvert and not self.ferie and not self.ferme


@dataclass(frozen=True)
class Calendrier:
    """School holidays, public holidays and closures. `fermetures[None]` closes every structure."""

    vacances: Mapping[date, Periode] = field(default_factory=dict)
    feries: Mapping[date, str] = field(default_factory=dict)
    fermetures: Mapping[int | None, Mapping[date, str]] = field(default_factory=dict)

    @classmethod
    def depuis(
        cls,
        vacances: Iterable[tuple[date, date, Periode]] = (),
        feries: Iterable[tuple[date, str]] = (),
        fermetures: Iterable[tuple[int | None, date, date, str]] = (),
    ) -> "Calendrier":
        """From intervals, both ends included. The last word wins where two overlap."""
        closes: dict[int | None, dict[date, str]] = {}
        for structure, du, au, motif in fermetures:
            closes.setdefault(structure, {}).update(dict.fromkeys(jours_entre(du, au), motif))
        jours_de_vacances = {jour: periode for du, au, periode in vacances for jour in jours_entre(du, au)}
        return cls(jours_de_vacances, dict(feries), closes)

    def periode(self, jour: date) -> Periode:
        return self.vacances.get(jour, Periode.SCOLAIRE)

    def fermeture(self, jour: date, structure: int | None) -> str | None:
        """The motif of the closure of that structure on that day, or None if it is not closed."""
        motif = self.fermetures.get(None, {}).get(jour)
        return motif if motif is not None else self.fermetures.get(structure, {}).get(jour)

    def est_ouvrable(self, jour: date, structure: int | None) -> bool:
        """A working day of the structure: Monday to Friday, no public holiday, not closed."""
        return jour.weekday() < 5 and jour not in self.feries and self.fermeture(jour, structure) is None

    def accueille(self, jour: date, structure: int | None, ouverture: Ouverture) -> bool:
        """Children come to such a prestation on that day."""
        return (
            ouverture.le(jour, self.periode(jour)).comprend(jour)
            and jour not in self.feries
            and self.fermeture(jour, structure) is None
        )

    def faits(self, jour: date, structure: int | None, ouverture: Ouverture, *, inscrit: bool = True) -> Faits:
        """The facts of that day for such a prestation, before anybody comes."""
        return next(self.faits_des([(jour, inscrit)], structure, ouverture))

    def faits_des(
        self, jours: Iterable[tuple[date, bool]], structure: int | None, ouverture: Ouverture
    ) -> Iterator[Faits]:
        """The same for days in order, each with whether the child is enrolled: a grid has two hundred."""
        partout, ici = self.fermetures.get(None, {}), self.fermetures.get(structure, {})
        for jour, inscrit in jours:
            periode = self.vacances.get(jour, Periode.SCOLAIRE)
            ouverts = ouverture.le(jour, periode)
            ferme = jour in partout or jour in ici
            yield _faits(periode, jour in self.feries, ferme, ouverts.comprend(jour), ouverts != AUCUN_JOUR, inscrit)

    def pourquoi_ferme(self, jour: date, structure: int | None, ouverture: Ouverture) -> str | None:
        """A sentence that says why nobody comes on that day, or None if children do."""
        le_jour = f"le {jour_et_mois(jour)}"
        if ouverture.inactive_depuis and ouverture.est_inactive(jour):
            return plus_proposee(ouverture.inactive_depuis)
        if nom := self.feries.get(jour):
            return f"{le_jour.capitalize()} est férié ({nom})."
        if motif := self.fermeture(jour, structure):
            return f"La structure est fermée {le_jour}\u00a0: {motif}."
        if not ouverture.jours(self.periode(jour)).comprend(jour):
            return f"Cette prestation n’est pas ouverte {le_jour}."
        return None


@lru_cache(maxsize=256)
def _faits(periode: Periode, ferie: bool, ferme: bool, ouvert: bool, servie: bool, inscrit: bool) -> Faits:
    """There are few days that differ: each is made once."""
    return Faits(periode, ferie, ferme, ouvert, servie, inscrit)


def plus_proposee(depuis: date) -> str:
    return f"Cette prestation n’est plus proposée depuis le {date_courte(depuis)}."
