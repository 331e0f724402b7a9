"""The rolls that there are to call on a day, and how far each of them is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from planning.models import Prestation, Reservation, jours_ouverts
from planning.places.restantes import Effectif, effectifs
from planning.regles.etats import Presence

POINTEES = {nom.lower(): Count("pk", filter=Q(presence=Presence[nom])) for nom in ("PRESENT", "ABSENT")}


@dataclass(frozen=True)
class AppelDuJour:
    """A line of the day's rolls."""

    prestation: Prestation
    effectif: Effectif
    presents: int
    absents: int


def appels_du_jour(jour: date) -> list[AppelDuJour]:
    """The prestations that open on that day, or to which children came. Four queries."""
    prestations = list(Prestation.objects.actives(jour).select_related("structure"))
    ouverts = jours_ouverts(prestations, jour, jour)
    attendus = effectifs({prestation.pk: [jour] for prestation in prestations})
    comptes = [attendus[prestation.pk, jour] for prestation in prestations]
    rangees = Reservation.objects.filter(jour=jour).order_by().values_list("prestation").annotate(**POINTEES)
    pointes = {cle: pointage for cle, *pointage in rangees if any(pointage)}
    return [
        AppelDuJour(
            prestation,
            effectif if ouverts[prestation.pk] else effectif.un_jour_ferme,
            *pointes.get(prestation.pk, (0, 0)),
        )
        for prestation, effectif in zip(prestations, comptes, strict=True)
        if ouverts[prestation.pk] or prestation.pk in pointes
    ]
