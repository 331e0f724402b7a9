"""What is billed: one table over planning's two axes, and the one function that reads it."""

from facturation.prix.grille import Nature
from planning.regles.etats import Etat, Presence

# A day that the famille had booked, and keeps.
_ACQUISE = {
    Presence.PRESENT: Nature.RESERVATION,
    Presence.NON_POINTEE: Nature.RESERVATION,
    Presence.ABSENT: Nature.ABSENCE,
}
_DUE_ABSENT = {
    # Declared absent, came all the same: the booked day is due once, at its own price.
    Presence.PRESENT: Nature.RESERVATION,
    Presence.NON_POINTEE: Nature.ABSENCE,
    Presence.ABSENT: Nature.ABSENCE,
}
# A pending absence waits for its decision: neither excused nor billed, unless the child came.
_EN_SUSPENS = {Presence.PRESENT: Nature.RESERVATION}
_RIEN_DE_RESERVE = {Presence.PRESENT: Nature.SANS_RESERVATION}

FACTURABLE: dict[Etat, dict[Presence, Nature]] = {
    Etat.AUCUN: _RIEN_DE_RESERVE,
    Etat.DEMANDEE: _RIEN_DE_RESERVE,
    Etat.EN_COURS: _RIEN_DE_RESERVE,
    Etat.RESERVEE: _ACQUISE,
    Etat.REGULIERE: _ACQUISE,
    Etat.REFUSEE: _RIEN_DE_RESERVE,
    Etat.ABSENCE_DEMANDEE: _EN_SUSPENS,
    Etat.ABSENCE_EN_COURS: _EN_SUSPENS,
    Etat.ABSENT_EXCUSE: _RIEN_DE_RESERVE,
    Etat.ABSENT_FACTURE: _DUE_ABSENT,
    Etat.CONGE: _RIEN_DE_RESERVE,
    Etat.ANNULEE: _RIEN_DE_RESERVE,
}


def nature_facturee(etat: Etat, presence: Presence, *, ouvert: bool) -> Nature | None:
    """Why that day is billed, or None. `etat`: effective, once the weekly pattern has spoken."""
    return FACTURABLE[etat].get(presence) if ouvert else None
