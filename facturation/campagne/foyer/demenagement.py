"""A famille that moves into the town, or out of it: the days that its next invoices bill at the other prices."""

from facturation.prix.residence import habite_la_commune
from planning.models import Prestation
from planning.portee.jours import JoursTouches, desormais


def demenagement(famille: int, de: str, a: str) -> JoursTouches | None:
    """From a town to another. None: it pays the same prices as before."""
    if habite_la_commune(de) == habite_la_commune(a):
        return None
    prestations = Prestation.objects.filter(inscriptions__famille=famille).distinct()
    du, fin = desormais(prestations)
    return JoursTouches(prestations, [(du, fin)], famille=famille, borne=fin)
