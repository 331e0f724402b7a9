"""Children who came without a booking: their familles are told the same evening, what it costs and how to put it right.

In the evening, because a roll is corrected in the day.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

import francais
from famille.models import Enfant, Famille
from planning.journees.journee import Journee
from planning.journees.lecture import lire_presences_sans_reservation
from planning.models import Prestation, Reservation, jours_ouverts
from planning.portee import chiffrage
from planning.portee.messager import ecrire, lister
from planning.regles.etats import Etat

# A roll may be called late; beyond, the invoice tells.
RECUL = timedelta(days=6)

DE_TROP = (
    "Si votre enfant n’est pas venu, ou si vous aviez réservé, écrivez au centre avant la facture\u00a0: il corrige "
    "l’appel."
)
LA_PROCHAINE_FOIS = (
    "S’il doit revenir, réservez ses jours dans le planning. S’il n’est pas inscrit à cette activité, demandez au "
    "centre de l’inscrire."
)


def prevenir(jour: date) -> int:
    """Tell the presences up to that day of which nobody has been told yet; how many familles. Once each."""
    venues = sorted(_a_dire(jour), key=attrgetter("famille", "jour", "enfant", "prestation"))
    familles = Famille.objects.avec_responsables().in_bulk({venue.famille for venue in venues})
    return sum(_prevenir(familles[cle], list(groupe)) for cle, groupe in groupby(venues, attrgetter("famille")))


def _a_dire(jour: date) -> Iterable[Journee]:
    """What is billed without a booking. A pending request may still be accepted."""
    ouverts = jours_ouverts(Prestation.objects.all(), jour - RECUL, jour)
    venues = list(lire_presences_sans_reservation(ouverts))
    cles = [venue.reservation for venue in venues if venue.reservation]
    tues = set(Reservation.objects.filter(pk__in=cles, prevenue_le__isnull=True).values_list("pk", flat=True))
    return [venue for venue in venues if venue.reservation in tues]


@transaction.atomic
def _prevenir(famille: Famille, venues: list[Journee]) -> bool:
    cles = [venue.reservation for venue in venues if venue.reservation]
    a_dire = Reservation.objects.select_for_update().filter(pk__in=cles, prevenue_le__isnull=True)
    restantes = set(a_dire.values_list("pk", flat=True))
    venues = [venue for venue in venues if venue.reservation in restantes]
    if not venues:
        return False
    Reservation.objects.filter(pk__in=restantes).update(prevenue_le=timezone.now())
    premiere = venues[0]
    ecrire(
        famille,
        "Une présence sans réservation",
        [
            f"Le centre a noté ces présences sans réservation\u00a0:\n{lister(_lignes(venues))}",
            DE_TROP,
            LA_PROCHAINE_FOIS,
        ],
        chemin=reverse(
            "planning:jour",
            args=[premiere.enfant, premiere.jour.year, f"{premiere.jour.month:02}", premiere.jour.day],
        ),
        bouton="Voir ce jour dans le planning",
        par=None,
    )
    return True


def _lignes(venues: list[Journee]) -> list[str]:
    """« mercredi 8 avril 2015, Léa, ALSH Mercredi : 5,40 €, au lieu de 3,60 € avec une réservation »."""
    enfants = Enfant.objects.in_bulk({venue.enfant for venue in venues})
    noms = dict(Prestation.objects.filter(pk__in={venue.prestation for venue in venues}).values_list("pk", "nom"))
    dus = chiffrage.montants(venues)
    reserves = chiffrage.montants([replace(venue, etat=Etat.RESERVEE) for venue in venues])
    return [
        f"{francais.date_longue(venue.jour)}, {enfants[venue.enfant].prenom}, {noms[venue.prestation]}"
        f"{_prix(du, reserve)}"
        for venue, du, reserve in zip(venues, dus, reserves, strict=True)
    ]


def _prix(du: chiffrage.Montant | None, reserve: chiffrage.Montant | None) -> str:
    if du is None:
        return ""
    autre = "" if reserve is None or reserve.euros == du.euros else francais.euros(reserve.euros)
    return f"\u00a0: {francais.euros(du.euros)}{f', au lieu de {autre} avec une réservation' if autre else ''}"
