"""The legend: what a cell of the month may show, its symbol, its words. Which of them it shows, `affichage` tells."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Legende:
    """A line of the legend. `classe` is a CSS class: the colours live in the style sheets. `precision`: more words."""

    symbole: str
    libelle: str
    classe: str
    precision: str = ""


class Statut(Enum):
    """The fifteen states of the guide, then its three marks of presence. In the order of the legend."""

    RESERVE = Legende("●", "Réservé", "s-reserve")
    ERREUR = Legende("!", "Erreur", "s-erreur")
    CONGE = Legende("C", "Congé", "s-conge")
    HORS_CONTRAT = Legende("H", "Heure hors contrat", "s-hors-contrat")
    REGULIER = Legende("◆", "Régulier", "s-regulier")
    FERMETURE = Legende("–", "Fermeture", "s-fermeture")
    ABSENT_FACTURE = Legende("€", "Absent facturé", "s-absent-facture")
    DEMANDE_EN_ATTENTE = Legende("?", "Demande en attente", "s-demande")
    ABSENT_EXCUSE = Legende("A", "Absent excusé", "s-absent-excuse")
    RESERVATION_EN_COURS = Legende("…", "Réservation en cours de traitement", "s-en-cours")
    REFUSEE = Legende("X", "Réservation refusée", "s-refusee")
    ABSENCE_EN_COURS = Legende("U", "Absence en cours de traitement", "s-absence-en-cours")
    PETITES_VACANCES = Legende("P", "Petites vacances", "s-petites-vacances")
    GRANDES_VACANCES = Legende("G", "Grandes vacances", "s-grandes-vacances")
    FERIE = Legende("F", "Jour férié", "s-ferie")
    PRESENT_RESERVE = Legende("✓", "Présent sur la journée réservée", "m-present")
    PRESENT_SANS_RESERVATION = Legende("✓+", "Présent sans réservation", "m-present-sans")
    JOURNEE_RESERVEE = Legende("○", "Journée réservée", "m-reserve", "présence non pointée")

    # There is one of each: a month asks for it seven hundred times, and Enum's own goes through Python.
    __hash__ = object.__hash__

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def symbole(self) -> str:
        return self.value.symbole

    @property
    def libelle(self) -> str:
        return self.value.libelle

    @property
    def classe(self) -> str:
        return self.value.classe

    @property
    def precision(self) -> str:
        return self.value.precision


MARQUES = (Statut.PRESENT_RESERVE, Statut.PRESENT_SANS_RESERVATION, Statut.JOURNEE_RESERVEE)

ETATS_DU_GUIDE = tuple(statut for statut in Statut if statut not in MARQUES)

# What the calendar says of a day, as against what the famille booked.
FONDS = frozenset({Statut.FERIE, Statut.FERMETURE, Statut.PETITES_VACANCES, Statut.GRANDES_VACANCES})
