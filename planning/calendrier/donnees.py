"""School and public holidays, from the two libraries, as plain intervals.

The libraries know dates and old zones; they say nothing of what they do not cover, so `lacunes` does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from jours_feries_france import JoursFeries
from vacances_scolaires_france import SchoolHolidayDates

from francais import date_longue
from planning.regles.jours import UN_JOUR, Periode, jours_entre
from socle.annee_scolaire import AnneeScolaire

# The zones of 2015-2016 are those of today; before, Toulouse was in A, Dijon in B, Paris in C…
REFORME_DES_ZONES = date(2015, 9, 1)
ATTENDUES = (
    "Vacances de la Toussaint",
    "Vacances de Noël",
    "Vacances d’hiver",
    "Vacances de printemps",
    "Vacances d’été",
)


@dataclass(frozen=True)
class VacancesImportees:
    """School holidays of the town, first and last days included."""

    nom: str
    du: date
    au: date
    zone: str

    @property
    def genre(self) -> Periode:
        return Periode.GRANDES_VACANCES if self.nom == "Vacances d’été" else Periode.PETITES_VACANCES


@dataclass(frozen=True)
class AnneesScolaires:
    """School years to import, from 1 September to 31 August. `zone_avant_2015`: the zone before the reform."""

    premiere: int
    nombre: int
    zone: str
    zone_avant_2015: str

    @property
    def du(self) -> date:
        return AnneeScolaire(self.premiere).du

    @property
    def au(self) -> date:
        return AnneeScolaire(self.premiere + self.nombre - 1).au

    def feries(self) -> dict[date, str]:
        """Public holidays, by day."""
        annees = range(self.du.year, self.au.year + 1)
        noms = {jour: nom for annee in annees for nom, jour in JoursFeries.for_year(annee).items()}
        return {jour: _typographie(nom) for jour, nom in noms.items() if self.du <= jour <= self.au}

    @cached_property
    def vacances(self) -> list[VacancesImportees]:
        """School holidays, each one whole even where it crosses the ends."""
        trouvees: list[VacancesImportees] = []
        for jour, zone, nom in self._jours_de_vacances():
            derniere = trouvees[-1] if trouvees else None
            if derniere and derniere.nom == nom and derniere.au == jour - UN_JOUR:
                trouvees[-1] = VacancesImportees(nom, derniere.du, jour, derniere.zone)
            else:
                trouvees.append(VacancesImportees(nom, jour, jour, zone))
        return [vacances for vacances in trouvees if vacances.au >= self.du and vacances.du <= self.au]

    def lacunes(self) -> list[str]:
        """What the data lack, year by year, in French."""
        vacances = self.vacances
        manques = []
        for annee in AnneeScolaire.entre(self.du, self.au):
            connues = {v.nom for v in vacances if annee.du <= v.du <= annee.au}
            if absentes := [nom for nom in ATTENDUES if nom not in connues]:
                manques.append(f"{annee}\u00a0: {', '.join(absentes)}.")
        return manques

    def ponts_de_l_ascension(self) -> list[date]:
        """The Friday after each Ascension: no school in practice, but the data forget some."""
        return [
            JoursFeries.ascension(annee) + UN_JOUR
            for annee in range(self.premiere + 1, self.premiere + self.nombre + 1)
        ]

    def _jours_de_vacances(self) -> Iterator[tuple[date, str, str]]:
        donnees = _donnees()
        # From the summer before to the autumn after, so that no holiday is cut in two.
        for jour in jours_entre(date(self.premiere, 6, 15), self.au + timedelta(days=30)):
            zone = self.zone if jour >= REFORME_DES_ZONES else self.zone_avant_2015
            if donnees.min_year <= jour.year <= donnees.max_year and donnees.is_holiday_for_zone(jour, zone):
                yield jour, zone, _typographie(donnees.data[jour]["nom_vacances"])


@cache
def _donnees() -> SchoolHolidayDates:
    """The library reads its whole file each time that it is asked."""
    return SchoolHolidayDates()


def pont_oublie(vendredi: date) -> str:
    """The warning for an Ascension bridge that is not in the calendar."""
    le_pont = f"Le pont de l’Ascension, le {date_longue(vendredi)}"
    return f"{le_pont}, n’est pas dans les données\u00a0: ajoutez-le s’il a lieu."


def _typographie(nom: str) -> str:
    return nom.replace("'", "’")
