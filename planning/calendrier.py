"""The calendar, pure: what kind of day it is, when a prestation opens, until when one may book.

Plain values in and out; `planning.models.calendrier` keeps the tables and makes a `Calendrier` of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import IntFlag
from zoneinfo import ZoneInfo

from francais import INSECABLE, heure, jour_et_mois
from planning.statuts import Faits, Periode

PARIS = ZoneInfo("Europe/Paris")
UN_JOUR = timedelta(days=1)


class Jours(IntFlag):
    """A set of days of the week, as one small integer."""

    LUNDI = 1
    MARDI = 2
    MERCREDI = 4
    JEUDI = 8
    VENDREDI = 16
    SAMEDI = 32
    DIMANCHE = 64

    def comprend(self, jour: date) -> bool:
        # Plain integers: asked for each cell of each grid.
        return bool(int(self) >> jour.weekday() & 1)


AUCUN_JOUR = Jours(0)
SEMAINE = Jours.LUNDI | Jours.MARDI | Jours.MERCREDI | Jours.JEUDI | Jours.VENDREDI


def jours_entre(du: date, au: date) -> Iterator[date]:
    """Each day from `du` to `au`, both included."""
    return (du + timedelta(days=n) for n in range((au - du).days + 1))


def bornes_du_mois(annee: int, mois: int) -> tuple[date, date]:
    """First and last days of a month."""
    premier = date(annee, mois, 1)
    return premier, (premier + timedelta(days=31)).replace(day=1) - UN_JOUR


@dataclass(frozen=True)
class Ouverture:
    """On which days of the week a prestation opens, period by period."""

    scolaire: Jours = AUCUN_JOUR
    petites_vacances: Jours = AUCUN_JOUR
    grandes_vacances: Jours = AUCUN_JOUR

    def jours(self, periode: Periode) -> Jours:
        if periode == Periode.SCOLAIRE:
            return self.scolaire
        return self.petites_vacances if periode == Periode.PETITES_VACANCES else self.grandes_vacances

    def rencontre(self, autre: "Ouverture") -> Jours:
        """The days of the week on which both may be open."""
        return (
            (self.scolaire & autre.scolaire)
            | (self.petites_vacances & autre.petites_vacances)
            | (self.grandes_vacances & autre.grandes_vacances)
        )


@dataclass(frozen=True)
class Rythme:
    """A weekly pattern: the *régulier* days of an inscription. For a garde alternée, one ISO week in two."""

    jours: Jours = AUCUN_JOUR
    # 0: even ISO weeks only; 1: odd ones only; None: every week.
    parite: int | None = None

    def comprend(self, jour: date) -> bool:
        return self.jours.comprend(jour) and self.parite in (None, jour.isocalendar().week % 2)

    def rencontre(self, autre: "Rythme") -> Jours:
        """The days of the week that both hold, in a same week."""
        if None not in (self.parite, autre.parite) and self.parite != autre.parite:
            return AUCUN_JOUR
        return self.jours & autre.jours


SANS_RYTHME = Rythme()


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
            ouverture.jours(self.periode(jour)).comprend(jour)
            and jour not in self.feries
            and self.fermeture(jour, structure) is None
        )

    def faits(self, jour: date, structure: int | None, ouverture: Ouverture, *, inscrit: bool = True) -> Faits:
        """The facts of that day for such a prestation, before anybody comes."""
        periode = self.periode(jour)
        jours = ouverture.jours(periode)
        return Faits(
            periode=periode,
            ferie=jour in self.feries,
            ferme=self.fermeture(jour, structure) is not None,
            ouvert=jours.comprend(jour),
            servie=bool(jours),
            inscrit=inscrit,
        )

    def pourquoi_ferme(self, jour: date, structure: int | None, ouverture: Ouverture) -> str | None:
        """A sentence that says why nobody comes on that day, or None if children do."""
        le_jour = f"le {jour_et_mois(jour)}"
        if nom := self.feries.get(jour):
            return f"{le_jour.capitalize()} est férié ({nom})."
        if motif := self.fermeture(jour, structure):
            return f"La structure est fermée {le_jour}{INSECABLE}: {motif}."
        if not ouverture.jours(self.periode(jour)).comprend(jour):
            return f"Cette prestation n’est pas ouverte {le_jour}."
        return None


@dataclass(frozen=True)
class Delai:
    """Until when one may ask: `jours` working days before, at `heure` sharp, in Paris. 0: on the day itself."""

    jours: int = 0
    heure: time = time(0)

    def echeance(self, jour: date, est_ouvrable: Callable[[date], bool]) -> datetime:
        """The moment from which it is too late for that day, in UTC."""
        limite, restants = jour, self.jours
        while restants:
            limite -= UN_JOUR
            restants -= est_ouvrable(limite)
        # Through UTC: between two clocks of Paris, Python compares the hands, not the moments.
        return datetime.combine(limite, self.heure, PARIS).astimezone(UTC)


SANS_DELAI = Delai()


def moment_dit(moment: datetime) -> str:
    """« le vendredi 3 avril à 12 h », on the clock of Paris."""
    local = moment.astimezone(PARIS)
    return f"le {jour_et_mois(local.date())} à {heure(local.time())}"


def reservations_closes(jour: date, echeance: datetime) -> str:
    return f"Les réservations pour le {jour_et_mois(jour)} sont closes depuis {moment_dit(echeance)}."


def absences_closes(jour: date, echeance: datetime) -> str:
    return f"Les déclarations d’absence pour le {jour_et_mois(jour)} sont closes depuis {moment_dit(echeance)}."
