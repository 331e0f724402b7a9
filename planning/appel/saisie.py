"""What a form of the roll sends of a child: three fields, and what the page showed, to tell what was changed."""

from datetime import time

from django.core.exceptions import ValidationError
from django.forms import TimeField

from planning.erreurs import PointageImpossible
from planning.regles.etats import Presence
from planning.regles.pointage import Pointage

Saisie = tuple[str, str, str]  # presence, arrival, departure

HEURE = TimeField(required=False, error_messages={"invalid": "Écrivez l’heure ainsi\u00a0: 8:30."})


def lire(saisie: Saisie) -> Pointage:
    """Times without a presence are one. Raises ValidationError, PointageImpossible."""
    presence, arrivee, depart = saisie
    lue = Presence(presence) if presence in Presence.values else Presence.NON_POINTEE
    heures = HEURE.clean(arrivee.strip()), HEURE.clean(depart.strip())
    if any(heures) and lue == Presence.NON_POINTEE:
        lue = Presence.PRESENT
    pointage = Pointage(lue, *heures)
    pointage.verifier()
    return pointage


def ecrire(pointage: Pointage) -> Saisie:
    """As the form shows it."""
    return str(pointage.presence), _hhmm(pointage.arrivee), _hhmm(pointage.depart)


def code(pointage: Pointage) -> str:
    """What the page showed: sent back with what was typed, to tell the two apart."""
    return "|".join(ecrire(pointage))


def pourquoi_refuser(saisie: Saisie) -> str:
    """The sentence that says why it cannot be saved, or nothing."""
    try:
        lire(saisie)
    except (ValidationError, PointageImpossible) as refus:
        return refus.messages[0] if isinstance(refus, ValidationError) else refus.phrase
    return ""


def _hhmm(heure: time | None) -> str:
    return f"{heure:%H:%M}" if heure else ""
