"""What a cell shows: the one function that derives it, `afficher`.

Nothing here is stored. The database keeps two axes apart, booking (`Etat`) and attendance (`Presence`);
the calendar and the inscription give the facts of the day; `afficher` turns them into a line of the legend.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from planning.regles.absences import est_manquee
from planning.regles.calendrier import Faits
from planning.regles.etats import ABSENCES_DECIDEES, OCCUPENT, SANS_RESERVATION, Etat, Presence, etat_effectif
from planning.regles.jours import Periode
from planning.regles.legende import Statut


@dataclass(frozen=True)
class Affichage:
    """What a cell shows: a state (its colour) and, beside it, a mark of presence. Both None: nothing."""

    statut: Statut | None = None
    marque: Statut | None = None

    @cached_property
    def symbole(self) -> str:
        if self.statut in PREVALENT:
            return self.statut.symbole
        montre = self.marque or self.statut
        return montre.symbole if montre else ""

    @cached_property
    def classes(self) -> str:
        return " ".join(montre.classe for montre in (self.statut, self.marque) if montre)

    @cached_property
    def libelle(self) -> str:
        """« réservé, présent sur la journée réservée », or « rien »."""
        if self.statut and self.marque is Statut.JOURNEE_RESERVEE:
            return f"{self.statut.libelle.lower()}, {self.marque.precision}"
        return ", ".join(montre.libelle.lower() for montre in (self.statut, self.marque) if montre) or "rien"


# States that an agent must see, even under a presence.
PREVALENT = frozenset({Statut.ERREUR, Statut.HORS_CONTRAT})

_STATUT_DE = {
    Etat.AUCUN: None,
    Etat.DEMANDEE: Statut.DEMANDE_EN_ATTENTE,
    Etat.EN_COURS: Statut.RESERVATION_EN_COURS,
    Etat.RESERVEE: Statut.RESERVE,
    Etat.REGULIERE: Statut.REGULIER,
    Etat.REFUSEE: Statut.REFUSEE,
    # The guide has one line for a request that nobody has looked at yet, whatever it asks.
    Etat.ABSENCE_DEMANDEE: Statut.DEMANDE_EN_ATTENTE,
    Etat.ABSENCE_EN_COURS: Statut.ABSENCE_EN_COURS,
    Etat.ABSENT_EXCUSE: Statut.ABSENT_EXCUSE,
    Etat.ABSENT_FACTURE: Statut.ABSENT_FACTURE,
    Etat.CONGE: Statut.CONGE,
    Etat.ANNULEE: None,
}

_VACANCES = {Periode.PETITES_VACANCES: Statut.PETITES_VACANCES, Periode.GRANDES_VACANCES: Statut.GRANDES_VACANCES}


@lru_cache(maxsize=4096)
def afficher(etat: Etat, presence: Presence, faits: Faits, *, regulier: bool = False, passe: bool = False) -> Affichage:
    """The displayed state of a cell. Presence first (it happened), then the calendar, then the booking.

    `passe`: the day is over. Booked, it keeps its mark as long as nobody has called the roll.
    """
    if presence == Presence.PRESENT:
        return _afficher_presence(etat_effectif(etat, regulier=regulier and faits.accueille), faits)
    if not faits.accueille or not faits.inscrit:
        return Affichage(_fond(etat, faits))
    etat = etat_effectif(etat, regulier=regulier)
    if est_manquee(etat, presence):
        return Affichage(Statut.ABSENT_FACTURE)
    return Affichage(_STATUT_DE[etat], Statut.JOURNEE_RESERVEE if passe and etat == Etat.RESERVEE else None)


def _afficher_presence(etat: Etat, faits: Faits) -> Affichage:
    marque = Statut.PRESENT_RESERVE if etat in OCCUPENT - {Etat.DEMANDEE, Etat.EN_COURS} else None
    marque = marque or Statut.PRESENT_SANS_RESERVATION
    if not faits.accueille or not faits.inscrit or faits.chevauche or etat in ABSENCES_DECIDEES:
        return Affichage(Statut.ERREUR, marque)
    if faits.hors_horaire:
        return Affichage(Statut.HORS_CONTRAT, marque)
    return Affichage(_STATUT_DE[etat], marque)


def _fond(etat: Etat, faits: Faits) -> Statut | None:
    """The background of a day without children: F, closure, then P or G where the prestation does not serve them."""
    if faits.ferie:
        return Statut.FERIE
    if faits.ferme:
        return Statut.FERMETURE
    if not faits.servie and faits.periode in _VACANCES:
        return _VACANCES[faits.periode]
    # A booking that the opening days no longer cover must not vanish from the page.
    return Statut.FERMETURE if etat not in SANS_RESERVATION else None
