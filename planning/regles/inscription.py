"""A prestation and an inscription as plain values: hours, ages, deadlines, dates."""

from dataclasses import dataclass
from datetime import date, time

from planning.regles.delais import SANS_DELAI, Delai
from planning.regles.ouverture import SANS_RYTHME, Ouverture, Rythme
from socle.periodes import couvre


@dataclass(frozen=True)
class ReglesPrestation:
    """The rules of a prestation, as plain values."""

    structure: int
    ouverture: Ouverture
    heure_debut: time = time(0)
    heure_fin: time = time(23, 59)
    age_min: int | None = None
    age_max: int | None = None
    delai_reservation: Delai = SANS_DELAI
    delai_absence: Delai = SANS_DELAI
    hors_delai_autorise: bool = False

    def chevauche(self, autre: "ReglesPrestation") -> bool:
        """The hours of the two overlap: one child cannot be at both."""
        return self.heure_debut < autre.heure_fin and autre.heure_debut < self.heure_fin

    def est_hors_horaire(self, arrivee: time | None, depart: time | None) -> bool:
        """Came before, or left after, the hours of the prestation: « heure hors contrat »."""
        return bool((arrivee and arrivee < self.heure_debut) or (depart and depart > self.heure_fin))


@dataclass(frozen=True)
class ReglesInscription:
    """An inscription, as plain values. Both ends included; `au` None: until further notice."""

    prestation: ReglesPrestation
    naissance: date
    du: date
    au: date | None = None
    rythme: Rythme = SANS_RYTHME
    a_regulariser: bool = False

    def couvre(self, jour: date) -> bool:
        return couvre(self.du, self.au, jour)

    def est_en_vigueur(self, jour: date) -> bool:
        return not self.a_regulariser and self.couvre(jour)

    def age_au(self, jour: date) -> int:
        anniversaire_a_venir = (jour.month, jour.day) < (self.naissance.month, self.naissance.day)
        return jour.year - self.naissance.year - anniversaire_a_venir
