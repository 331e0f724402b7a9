"""One agent enrols a child while another takes it out of the famille: one of them is told no, whoever is first."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction

from famille.models import Rattachement
from planning.erreurs import InscriptionImpossible
from planning.models import Inscription

pytestmark = pytest.mark.django_db(transaction=True)


def ensemble(*gestes: Callable[[], object]) -> list[object]:
    """What each gives, or the error it raises; all start at the same instant."""
    depart = threading.Barrier(len(gestes))

    def lancer(geste: Callable[[], object]) -> object:
        try:
            depart.wait(timeout=10)
            with transaction.atomic():
                return geste()
        except Exception as erreur:
            return erreur
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(gestes)) as pool:
        return list(pool.map(lancer, gestes))


@pytest.mark.parametrize("essai", range(3))
def test_une_inscription_a_venir_garde_toujours_son_rattachement(dupont, mercredi, agent, essai):
    lea = dupont.enfants[0]
    inscrit, quitte = ensemble(
        lambda: Inscription.objects.inscrire(lea, mercredi, dupont.famille, du=date(2014, 9, 1), par=agent),
        lambda: Rattachement.objects.filter(enfant=lea).delete(),
    )
    refuses = [r for r in (inscrit, quitte) if isinstance(r, Exception)]
    assert len(refuses) == 1, (inscrit, quitte)
    assert isinstance(refuses[0], IntegrityError | InscriptionImpossible)
    assert Inscription.objects.exists() == Rattachement.objects.filter(enfant=lea).exists()
