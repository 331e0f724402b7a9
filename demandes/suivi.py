"""Where a request stands, in words: its state, its timeline."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

import francais
from demandes.models import Decision, Demande
from demandes.types import Part, TypeDemande


@dataclass(frozen=True)
class Etat:
    """The state of a request as the label shows it."""

    texte: str
    niveau: str
    icone: str


EN_ATTENTE = Etat("En attente", "info", "clock")
EN_COURS = Etat("En cours de traitement", "info", "arrow-path")
PAR_VERDICT = {
    Decision.Verdict.ACCEPTEE: Etat("Acceptée", "success", "check"),
    Decision.Verdict.REFUSEE: Etat("Refusée", "error", "x-mark"),
    Decision.Verdict.RETIREE: Etat("Retirée", "", "arrow-uturn-left"),
}
EN_PARTIE = Etat("Acceptée en partie", "warning", "check")
PART_ACCEPTEE = Etat("Accepté", "success", "check")
PART_REFUSEE = Etat("Refusé", "error", "x-mark")


@dataclass(frozen=True)
class Etape:
    """A step of the timeline."""

    quoi: str
    quand: str = ""
    detail: str = ""
    a_venir: bool = False


def etat(demande: Demande) -> Etat:
    if demande.est_en_attente:
        return EN_COURS if demande.prise_en_charge_le else EN_ATTENTE
    decision = demande.decision
    return EN_PARTIE if decision.est_partielle else PAR_VERDICT[decision.verdict]


def parts(demande: Demande, contenu: TypeDemande) -> list[Part]:
    """What may be decided piece by piece, each with what became of it."""
    return [replace(part, etat=_etat_de_part(demande, part.code)) for part in contenu.parts(demande)]


def _etat_de_part(demande: Demande, code: str) -> Etat | None:
    if demande.est_en_attente or demande.decision.verdict == Decision.Verdict.RETIREE:
        return None
    decision = demande.decision
    return PART_ACCEPTEE if decision.est_favorable and code not in decision.refusees else PART_REFUSEE


def frise(demande: Demande) -> list[Etape]:
    """Deposited, taken in charge, decided: what happened, and what is still to come."""
    etapes = [Etape("Demande déposée", moment(demande.deposee_le))]
    if demande.prise_en_charge_le:
        agent = demande.prise_en_charge_par
        etapes.append(Etape("Prise en charge", moment(demande.prise_en_charge_le), f"Par {agent}." if agent else ""))
    elif demande.est_en_attente:
        etapes.append(Etape("Prise en charge par le centre", a_venir=True))
    if demande.est_en_attente:
        etapes.append(Etape("Décision du centre", a_venir=True))
    else:
        decision = demande.decision
        etapes.append(Etape(f"Demande {decision.participe}", moment(decision.le), f"Par {decision.auteur}."))
    return etapes


def moment(quand: datetime) -> str:
    """« mercredi 8 avril 2015 à 14 h 05 »."""
    local = timezone.localtime(quand)
    return f"{francais.date_longue(local.date())} à {francais.heure(local.time())}"
