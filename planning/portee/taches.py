"""Writing to familles in the background, many at once."""

from django_tasks import task

from famille.models import Compte
from planning.portee.rentree import prevenir_un_lot
from socle.annee_scolaire import AnneeScolaire


@task()
def prevenir_de_la_rentree(annee: int, par: int) -> int:
    """Tell each famille what became of its inscriptions; returns how many. May run again, or several at once."""
    agent, total = Compte.objects.get(pk=par), 0
    while ecrites := prevenir_un_lot(AnneeScolaire(annee), par=agent):
        total += ecrites
    return total
