"""The timeline of a request: what happened, and what is still to come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

import francais
from demandes.models import Demande


@dataclass(frozen=True)
class Etape:
    """A step of the timeline."""

    quoi: str
    quand: str = ""
    detail: str = ""
    a_venir: bool = False


def frise(demande: Demande) -> list[Etape]:
    """Deposited, taken in charge, decided."""
    etapes = [Etape("Demande déposée", moment(demande.deposee_le), _pour_la_famille(demande))]
    if demande.prise_en_charge_le:
        agent = demande.prise_en_charge_par
        etapes.append(Etape("Prise en charge", moment(demande.prise_en_charge_le), f"Par {agent}." if agent else ""))
    elif demande.est_en_attente:
        etapes.append(Etape("Prise en charge par le centre", a_venir=True))
    if demande.est_en_attente:
        etapes.append(Etape("Décision du centre", a_venir=True))
    else:
        decision = demande.decision
        qui = "Personne n’y a répondu à temps." if decision.est_une_expiration else f"Par {decision.auteur}."
        etapes.append(Etape(f"Demande {decision.participe}", moment(decision.le), qui))
    return etapes


def _pour_la_famille(demande: Demande) -> str:
    """Of a request that an agent has deposited in the famille's place: who."""
    par = demande.deposee_par
    if par is None or not par.is_staff:
        return ""
    responsable = getattr(par, "responsable", None)
    return "" if responsable and responsable.famille_id == demande.famille_id else f"Par {par}, pour la famille."


def moment(quand: datetime) -> str:
    """« mercredi 8 avril 2015 à 14 h 05 »."""
    local = timezone.localtime(quand)
    return f"{francais.date_longue(local.date())} à {francais.heure(local.time())}"
