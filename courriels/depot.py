"""Writing to somebody: the e-mail is a row of the caller's transaction, and the queue has it carried afterwards."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from courriels.models import Courriel, CourrielQuerySet
from courriels.taches import distribuer


def deposer(courriels: Iterable[Courriel]) -> None:
    """Have them leave once the caller's transaction is over. The same key and address again do nothing."""
    deposes = Courriel.objects.bulk_create(courriels, batch_size=500, ignore_conflicts=True)
    if not deposes:
        return
    _distribuer_ensuite()
    plus_tard = [courriel.prochain_essai for courriel in deposes if courriel.groupe and courriel.prochain_essai]
    if plus_tard and distribuer.get_backend().supports_defer:
        transaction.on_commit(distribuer.using(run_after=max(plus_tard)).enqueue, robust=True)


def relancer(courriels: CourrielQuerySet) -> int:
    """Try again those of them that were given up, and at once those that wait; returns how many."""
    en_attente = hater(courriels)
    nombre = courriels.en_echec().update(prochain_essai=timezone.now(), essais=0)
    _distribuer_ensuite()
    return en_attente + nombre


def hater(courriels: CourrielQuerySet) -> int:
    """Try at once those of them that wait; returns how many wait, those that are leaving right now included."""
    nombre = courriels.en_attente().count()
    libres = courriels.en_attente().select_for_update(skip_locked=True).values_list("pk", flat=True)
    if Courriel.objects.filter(pk__in=list(libres)).update(prochain_essai=timezone.now()):
        _distribuer_ensuite()
    return nombre


def _distribuer_ensuite() -> None:
    # A worker must find the rows; should the queue not answer, `reprendre_envois` finds them later.
    transaction.on_commit(distribuer.enqueue, robust=True)
