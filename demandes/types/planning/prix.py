"""What the days of a request will cost: the invoice's own reckoning, on days as they would be."""

from collections.abc import Iterable
from datetime import date

from facturation.prix.devis import Devis, PrixDUneJournee
from famille.models import Famille
from planning.journees.journee import Journee
from planning.models import Inscription, Reservation
from planning.regles.etats import Etat, Presence

Couple = tuple[Inscription, date]


def devis_de(famille: Famille, couples: Iterable[Couple]) -> Devis | None:
    """The prices of those days, read at once; None if there is no day."""
    connus = list(couples)
    if not connus:
        return None
    prestations = {inscription.prestation_id: inscription.prestation for inscription, _ in connus}
    jours = [jour for _, jour in connus]
    return Devis.de(famille, prestations.values(), min(jours), max(jours))


def prix_si(devis: Devis, inscription: Inscription, jour: date, etat: Etat) -> PrixDUneJournee | None:
    """What a day that nobody has called will cost in that state; None: no price is known."""
    return devis.prix(_journee(inscription, Reservation(jour=jour, etat=etat), etat))


def prix_de(devis: Devis, journee: Reservation, etat: Etat) -> PrixDUneJournee | None:
    """What a day will cost in that state: its own, or another."""
    return devis.prix(_journee(journee.inscription, journee, etat))


def _journee(inscription: Inscription, rangee: Reservation, etat: Etat) -> Journee:
    return Journee(
        famille=inscription.famille_id,
        enfant=inscription.enfant_id,
        inscription=inscription.pk,
        prestation=inscription.prestation_id,
        jour=rangee.jour,
        reservation=rangee.pk,
        etat=etat,
        presence=Presence(rangee.presence),
        arrivee=rangee.arrivee,
        depart=rangee.depart,
    )
