"""Places, asked for by many children."""

from datetime import date

from planning.models import Inscription
from tests import fabriques

MERCREDI = date(2015, 4, 8)
AUTRE = date(2015, 4, 29)
RENTREE = date(2014, 9, 1)


def inscrire(prestation, n, agent, **options):
    """Children of as many familles, all enrolled."""
    inscriptions = []
    for _ in range(n):
        famille = fabriques.FamilleFactory()
        enfant = fabriques.EnfantFactory(famille=famille)
        inscriptions.append(Inscription.objects.inscrire(enfant, prestation, famille, du=RENTREE, par=agent, **options))
    return inscriptions
