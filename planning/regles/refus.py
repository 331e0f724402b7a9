"""Why a day may not be booked, nor an absence declared: one answer for the verbs, which raise it, and for the grid,
which shows it. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from francais import enumerer, jour_et_mois, pluriel
from planning import erreurs
from planning.regles.calendrier import Calendrier, Faits
from planning.regles.delais import absences_closes, reservations_closes
from planning.regles.dossier.manques import RIEN_NE_MANQUE, Manques
from planning.regles.etats import ABSENCES, ACQUISES, OCCUPENT, Etat
from planning.regles.inscription import ReglesInscription
from planning.regles.jours import fuseau


@dataclass(frozen=True)
class ReglesDuJour:
    """The rules of one inscription, in front of a calendar, at a moment, for a parent or an agent.

    `manques`: what the centre wants of the record before it books.

    Its methods return the refusal, or None if nothing forbids: places and other bookings are not known here.
    """

    inscription: ReglesInscription
    calendrier: Calendrier
    maintenant: datetime
    pour_agent: bool = False
    manques: Manques = RIEN_NE_MANQUE

    def faits(self, jour: date) -> Faits:
        """What the calendar and the inscription say of that day, before anybody comes."""
        prestation, inscrit = self.inscription.prestation, self.inscription.est_en_vigueur(jour)
        return self.calendrier.faits(jour, prestation.structure, prestation.ouverture, inscrit=inscrit)

    def faits_des(self, jours: Iterable[date]) -> Iterator[Faits]:
        """The same for days in order."""
        prestation, inscription = self.inscription.prestation, self.inscription
        inscrits = ((jour, inscription.est_en_vigueur(jour)) for jour in jours)
        return self.calendrier.faits_des(inscrits, prestation.structure, prestation.ouverture)

    def est_ouvrable(self, jour: date) -> bool:
        return self.calendrier.est_ouvrable(jour, self.inscription.prestation.structure)

    def echeance_reservation(self, jour: date) -> datetime:
        return self.inscription.prestation.delai_reservation.echeance(jour, self.est_ouvrable)

    def echeance_absence(self, jour: date) -> datetime:
        return self.inscription.prestation.delai_absence.echeance(jour, self.est_ouvrable)

    def est_regulier(self, jour: date) -> bool:
        """A day of the weekly pattern, on which children come."""
        return (
            self.inscription.rythme.comprend(jour)
            and self.inscription.est_en_vigueur(jour)
            and self.pourquoi_ferme(jour) is None
        )

    def pourquoi_ferme(self, jour: date) -> str | None:
        prestation = self.inscription.prestation
        return self.calendrier.pourquoi_ferme(jour, prestation.structure, prestation.ouverture)

    def pourquoi_sans_reservation(self, jour: date) -> str:
        """A day of the pattern on which nobody comes is so because it is closed."""
        ferme = self.pourquoi_ferme(jour) if self.inscription.rythme.comprend(jour) else None
        return ferme or f"Le {jour_et_mois(jour)} n’est pas réservé."

    def est_hors_delai(self, jour: date) -> bool:
        """Whether a parent could no longer book that day."""
        pour_un_parent = replace(self, pour_agent=False)
        return pour_un_parent._refus_de_delai(jour, self.echeance_reservation, reservations_closes) is not None

    def refus_de_reserver(self, jour: date, etat: Etat) -> erreurs.RefusPlanning | None:
        """Why that day, in that (effective) booking state, cannot be booked or asked for."""
        if etat in OCCUPENT:
            return erreurs.DejaReserve(f"Le {jour_et_mois(jour)} est déjà réservé ou demandé.")
        return (
            self._refus_d_accueil(jour)
            or self._refus_de_delai(jour, self.echeance_reservation, reservations_closes)
            # Last: what the famille can see to is no news where the day cannot be had.
            or self.manques.refus(pour_agent=self.pour_agent)
        )

    def refus_d_absence(self, jour: date, etat: Etat) -> erreurs.RefusPlanning | None:
        """Why an absence cannot be declared for that day."""
        if etat in ABSENCES:
            return erreurs.EtatIncompatible(f"Une absence est déjà déclarée pour le {jour_et_mois(jour)}.")
        if etat not in ACQUISES:
            return erreurs.EtatIncompatible(self.pourquoi_sans_reservation(jour))
        return self._refus_de_delai(jour, self.echeance_absence, absences_closes)

    def _refus_d_accueil(self, jour: date) -> erreurs.RefusPlanning | None:
        inscription, prestation = self.inscription, self.inscription.prestation
        if not inscription.est_en_vigueur(jour):
            return erreurs.InscriptionAbsente(f"L’enfant n’est pas inscrit le {jour_et_mois(jour)}.")
        if phrase := self.pourquoi_ferme(jour):
            return erreurs.JourFerme(phrase)
        age = inscription.age_au(jour)
        if prestation.age_min is not None and age < prestation.age_min:
            return erreurs.AgeNonAccueilli(f"Cette prestation accueille dès {pluriel(prestation.age_min, 'an')}.")
        if prestation.age_max is not None and age > prestation.age_max:
            return erreurs.AgeNonAccueilli(f"Cette prestation accueille jusqu’à {pluriel(prestation.age_max, 'an')}.")
        return None

    def _refus_de_delai(
        self, jour: date, echeance_de: Callable[[date], datetime], phrase: Callable[[date, datetime], str]
    ) -> erreurs.RefusPlanning | None:
        if self.pour_agent:
            return None
        if jour < self.maintenant.astimezone(fuseau()).date():
            return erreurs.JourPasse(f"Le {jour_et_mois(jour)} est passé.")
        if not self.inscription.prestation.hors_delai_autorise:
            echeance = echeance_de(jour)
            if self.maintenant >= echeance:
                return erreurs.DelaiDepasse(phrase(jour, echeance))
        return None


def complet(prestation: str, *jours: date) -> erreurs.Complet:
    return erreurs.Complet(f"Il n’y a plus de place {_le(jours)}\u00a0: {prestation}.")


def attendu_ailleurs(*jours: date, nom: str = "") -> erreurs.HorairesIncompatibles:
    """`nom`: of what. Empty, neither where nor by whom: it may be the other famille's business."""
    ou = f"à «\u00a0{nom}\u00a0»" if nom else "ailleurs"
    return erreurs.HorairesIncompatibles(f"L’enfant est déjà attendu {ou} à ces heures {_le(jours)}.")


def _le(jours: Iterable[date]) -> str:
    """« le mercredi 8 avril et le mercredi 15 avril »."""
    return enumerer(f"le {jour_et_mois(jour)}" for jour in jours)
