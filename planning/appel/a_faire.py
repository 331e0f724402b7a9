"""The rolls of several days at once: who is expected where, which rolls were called, which were forgotten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from planning.journees.lecture import couples
from planning.models import Prestation, Reservation, jours_ouverts, lire_calendrier
from planning.places.restantes import Effectif
from planning.regles.etats import ACQUISES, Presence

# A pending request expects nobody yet: it makes no roll by itself.
OUBLIES = """
    SELECT o.prestation_id, o.jour
    FROM unnest(%(prestation_de)s::bigint[], %(jour_de)s::date[]) AS o(prestation_id, jour)
    WHERE NOT EXISTS (
        SELECT FROM planning_reservation r
        WHERE r.prestation_id = o.prestation_id AND r.jour = o.jour AND r.presence <> ''
    ) AND EXISTS (
        SELECT FROM planning_journees(ARRAY[o.jour]) AS j
        WHERE j.prestation_id = o.prestation_id AND j.jour = o.jour AND j.etat IN %(attendus)s
    )
    ORDER BY o.jour, o.prestation_id
"""


@dataclass(frozen=True)
class RendezVousDAppel:
    """A prestation on a day. `pointes`: the children of whom the roll has said something."""

    prestation: Prestation
    jour: date
    effectif: Effectif
    pointes: int

    @property
    def est_a_faire(self) -> bool:
        return self.effectif.attendus > 0 and not self.pointes

    def est_en_retard(self, maintenant: datetime) -> bool:
        """Children are there by now, and nobody has called them."""
        ici = timezone.localtime(maintenant)
        return self.est_a_faire and (self.jour, self.prestation.heure_debut) < (ici.date(), ici.time())


@dataclass(frozen=True)
class AppelOublie:
    """A past day of a prestation: children were expected, nobody was called."""

    prestation: Prestation
    jour: date


class AppelsDesJours:
    """Of those days, and what was forgotten on those before: four queries, whatever the number of prestations.

    `ouverts`: the days on which each prestation receives children, from `depuis` on.
    """

    def __init__(self, jours: Sequence[date], passes: Sequence[date], *, depuis: date) -> None:
        self.jours, self.passes = jours, passes
        # What is no longer offered by now may have a roll to call yesterday.
        self.prestations = {p.pk: p for p in Prestation.objects.actives(depuis).select_related("structure")}
        self.calendrier = lire_calendrier(depuis, max(jours))
        self.ouverts = jours_ouverts(self.prestations.values(), depuis, max(jours), self.calendrier)

    def lire(self, attendus: Mapping[tuple[int, date], Effectif]) -> list[RendezVousDAppel]:
        """Those of `jours`, by day, then in the order of prestations. `attendus`: their headcounts."""
        pointes = self._pointes()
        return [
            RendezVousDAppel(prestation, jour, attendus[cle, jour], pointes.get((cle, jour), 0))
            for jour in self.jours
            for cle, prestation in self.prestations.items()
            if (cle, jour) in attendus
        ]

    def oublies(self) -> list[AppelOublie]:
        """Those of `passes`, the oldest first."""
        ouverts = self._parmi(self.passes)
        if not ouverts:
            return []
        with connection.cursor() as curseur:
            curseur.execute(OUBLIES, {**couples(ouverts), "attendus": tuple(map(str, ACQUISES))})
            return [AppelOublie(self.prestations[cle], jour) for cle, jour in curseur.fetchall()]

    def _parmi(self, jours: Iterable[date]) -> dict[int, list[date]]:
        """Those on which each prestation opens, of these."""
        voulus = set(jours)
        gardes = {cle: [jour for jour in ouverts if jour in voulus] for cle, ouverts in self.ouverts.items()}
        return {cle: ouverts for cle, ouverts in gardes.items() if ouverts}

    def _pointes(self) -> dict[tuple[int, date], int]:
        dits = Reservation.objects.filter(jour__in=self.jours).exclude(presence=Presence.NON_POINTEE).order_by()
        return {(cle, jour): n for cle, jour, n in dits.values_list("prestation", "jour").annotate(n=Count("pk"))}
