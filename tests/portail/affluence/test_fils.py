"""How long a request has waited for a thread, as gunicorn's worker of the portal measures it."""

import time
from threading import Event

import pytest
from gunicorn.config import Config

from portail.affluence.fils import FIL, Fils
from portail.affluence.serveur import Travailleur


def test_une_requete_sait_combien_elle_a_attendu_son_fil():
    fini = Event()
    with Fils(max_workers=1) as fils:
        fils.submit(fini.wait, 10)
        attendue = fils.submit(lambda: FIL.attente)
        time.sleep(0.05)
        fini.set()
        assert 0.05 <= attendue.result(10) < 5
        assert fils.submit(lambda: FIL.attente).result(10) < 0.05


def test_la_premiere_servie_sait_deja_combien_attendra_la_derniere():
    tours = [Event() for _ in range(4)]

    def servir(rang: int) -> float:
        mesure = FIL.attente
        tours[rang].wait(10)
        return mesure

    with Fils(max_workers=1) as fils:
        fils._intervalle = 2.0
        suite = [fils.submit(servir, rang) for rang in range(4)]
        for tour in tours:
            tour.set()
        mesures = [une.result(10) for une in suite]
    assert mesures[1] == pytest.approx(2 * 2.0, abs=0.3)
    assert mesures[3] < 1


def test_le_travailleur_de_gunicorn_a_de_tels_fils():
    travailleur = Travailleur.__new__(Travailleur)
    travailleur.cfg = Config()
    travailleur.cfg.set("threads", 4)
    with travailleur.get_thread_pool() as fils:
        assert isinstance(fils, Fils)
        assert fils._max_workers == 4
