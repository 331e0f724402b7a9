"""Absences: which are excused, which are billed.

Three ways lead to « absent facturé »: a declaration that comes late (`decision_par_defaut`), an agent who says so
(`Reservation.facturer_absence`), a booked day that the roll finds empty and nobody excused (`est_manquee`).
"""

from datetime import datetime

from planning.regles.etats import ACQUISES, Etat, Presence


def decision_par_defaut(declaree_le: datetime, echeance: datetime) -> Etat:
    """What becomes of a declared absence, unless the agent decides otherwise: late, it is billed."""
    return Etat.ABSENT_FACTURE if declaree_le >= echeance else Etat.ABSENT_EXCUSE


def est_manquee(etat: Etat, presence: Presence) -> bool:
    """Nobody excused it: a booked day that is missed is owed. `etat`: effective, once the pattern has spoken."""
    return presence == Presence.ABSENT and etat in ACQUISES
