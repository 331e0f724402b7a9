"""Money's own measures: the town's next campaign, issued for real and rolled back, and its papers."""

import time
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context

import django
from django.db import connection, connections, transaction

from bench.papiers import CIBLE, dessiner, memoire

# design.md §9: seconds for that many invoices.
CIBLES_CAMPAGNE = {200: 1.0, 20_000: 60.0}


@dataclass(frozen=True)
class Campagne:
    """So many invoices, in seconds, and the most memory that it took: after its first lot, and at its end (MiB)."""

    factures: int
    secondes: float
    memoire_premier_lot: int
    memoire: int

    @property
    def cible(self) -> float:
        """Seconds, in proportion beyond 200 invoices."""
        petite, grande = CIBLES_CAMPAGNE
        if self.factures <= petite:
            return CIBLES_CAMPAGNE[petite]
        return max(CIBLES_CAMPAGNE[petite], CIBLES_CAMPAGNE[grande] * self.factures / grande)


def mesurer_l_argent() -> list[tuple[str, bool]]:
    """A sentence each, and whether its target is held. Each measure has a process of its own: its memory is its own."""
    connections.close_all()
    with get_context("spawn").Pool(1, django.setup, maxtasksperchild=1) as ouvriers:
        campagne = ouvriers.apply(emettre)
        dessins = ouvriers.apply(dessiner)
    return [
        (
            f"campagne : {campagne.factures} factures en {dire(campagne.secondes, campagne.cible)}, "
            f"mémoire {campagne.memoire_premier_lot} Mio après le premier lot, {campagne.memoire} à la fin",
            campagne.secondes <= campagne.cible,
        ),
        (dessins.dire(), dessins.en_lot <= CIBLE),
    ]


def dire(secondes: float, cible: float) -> str:
    return f"{secondes:.2f} s (≤ {cible:.1f} s){'' if secondes <= cible else ' ✗'}"


def emettre() -> Campagne:
    """Issue the month after the last campaign, deferred constraints included, then forget it."""
    from facturation.campagne.emission import Emission
    from facturation.models import CampagneDeFacturation
    from planning.regles.jours import bornes_du_mois

    memoires: list[int] = []
    emises = CampagneDeFacturation.objects.filter(emise_le__isnull=False).select_related("regie")
    derniere = emises.order_by("-au")[0]
    lendemain = derniere.au + timedelta(days=1)
    du, au = bornes_du_mois(lendemain.year, lendemain.month)
    with transaction.atomic():
        campagne, _ = CampagneDeFacturation.objects.get_or_create(regie=derniere.regie, du=du, au=au)
        debut = time.perf_counter()
        emission = Emission(campagne, le=au + timedelta(days=1), par=None)
        emise = emission.emettre(lambda faites, total: memoires.append(memoire()))
        with connection.cursor() as curseur:
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        secondes = time.perf_counter() - debut
        factures = emise.factures.count()
        transaction.set_rollback(True)
    return Campagne(factures, secondes, memoires[0], memoire())
