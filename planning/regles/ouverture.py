"""The week: when a prestation opens (`Ouverture`), and when a child comes (`Rythme`)."""

from dataclasses import dataclass
from datetime import date

from francais import JOURS
from planning.regles.jours import AUCUN_JOUR, Jours, Periode


@dataclass(frozen=True)
class Ouverture:
    """On which days of the week a prestation opens, period by period; from `inactive_depuis` on, on none."""

    scolaire: Jours = AUCUN_JOUR
    petites_vacances: Jours = AUCUN_JOUR
    grandes_vacances: Jours = AUCUN_JOUR
    inactive_depuis: date | None = None

    def est_inactive(self, jour: date) -> bool:
        return self.inactive_depuis is not None and jour >= self.inactive_depuis

    def le(self, jour: date, periode: Periode) -> Jours:
        """The days of the week on which it opens, as that day sees it."""
        return AUCUN_JOUR if self.inactive_depuis and self.est_inactive(jour) else self.jours(periode)

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
        return self.jours.comprend(jour) and (self.parite is None or self.parite == jour.isocalendar().week % 2)

    def __str__(self) -> str:
        """« lundi, jeudi, semaines paires », « aucun »."""
        jours = ", ".join(nom for rang, nom in enumerate(JOURS) if int(self.jours) >> rang & 1) or "aucun"
        return jours + {None: "", 0: ", semaines paires", 1: ", semaines impaires"}[self.parite]

    def rencontre(self, autre: "Rythme") -> Jours:
        """The days of the week that both hold, in a same week."""
        if None not in (self.parite, autre.parite) and self.parite != autre.parite:
            return AUCUN_JOUR
        return self.jours & autre.jours


SANS_RYTHME = Rythme()
