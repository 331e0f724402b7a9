"""Mailings in the queue."""

from django_tasks import task

from messagerie.envois.expedition import expedier_un_lot
from messagerie.models import Envoi


@task()
def expedier(envoi_pk: int) -> int:
    """Write to all the familles of a mailing; returns to how many. May run again, or several at once."""
    envoi = Envoi.objects.select_related("lance_par").get(pk=envoi_pk)
    total = 0
    while ecrites := expedier_un_lot(envoi):
        total += ecrites
    return total
