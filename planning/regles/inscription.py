"""A prestation and an inscription as plain values: hours, ages, deadlines, dates."""

from dataclasses import dataclass
from datetime import date

from planning.regles.delais import SANS_DELAI, Delai
from planning.regles.horaires import TOUTE_LA_JOURNEE, Horaires
from planning.regles.jours import Jours
from planning.regles.ouverture import SANS_RYTHME, Ouverture, Rythme
from socle.periodes import couvre


@dataclass(frozen=True)
class ReglesPrestation:
    """The rules of a prestation, as plain values."""

    structure: int
    ouverture: Ouverture
    horaires: Horaires = TOUTE_LA_JOURNEE
    age_min: int | None = None
    age_max: int | None = None
    delai_reservation: Delai = SANS_DELAI
    delai_absence: Delai = SANS_DELAI
    hors_delai_autorise: bool = False


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
        return not self.a_regulariser and couvre(self.du, self.au, jour)

    def age_au(self, jour: date) -> int:
        anniversaire_a_venir = (jour.month, jour.day) < (self.naissance.month, self.naissance.day)
        return jour.year - self.naissance.year - anniversaire_a_venir

    def rencontre(self, autre: "ReglesInscription") -> Jours:
        """The days of the week on which both patterns expect the child, in a same week of a same period."""
        ouverts = self.prestation.ouverture.rencontre(autre.prestation.ouverture)
        return self.rythme.rencontre(autre.rythme) & ouverts
