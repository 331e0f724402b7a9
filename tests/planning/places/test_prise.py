"""Taking places: never one too many, whatever happens at the same time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from planning import erreurs
from planning.models import Inscription
from planning.regles.etats import Etat
from planning.regles.jours import Jours
from tests import fabriques
from tests.planning.places.outils import AUTRE, MERCREDI, RENTREE, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def en_parallele(gestes):
    """Run each in its thread, all at once. Returns what each gave: « fait », or the sentence of the refusal."""
    depart = Barrier(len(gestes))

    def executer(geste):
        try:
            depart.wait()
            geste()
        except erreurs.RefusPlanning as refus:
            return str(refus)
        finally:
            connection.close()
        return "fait"

    with ThreadPoolExecutor(len(gestes)) as fils:
        return Counter(fils.map(executer, gestes))


@pytest.mark.django_db(transaction=True)
def test_cinquante_demandes_pour_trois_places_en_font_trois(mercredi):
    agent = fabriques.CompteFactory(is_staff=True)
    inscriptions = inscrire(mercredi, 50, agent)
    resultats = en_parallele([lambda i=i: i.demander([MERCREDI], par=agent) for i in inscriptions])
    assert resultats == {"fait": 3, "Il n’y a plus de place le mercredi 8 avril\u00a0: ALSH Mercredi journée.": 47}
    assert mercredi.reservations.occupant_une_place().count() == 3


@pytest.mark.django_db(transaction=True)
def test_des_demandes_de_plusieurs_jours_en_tous_sens_ne_s_attendent_pas_l_une_l_autre(mercredi):
    agent = fabriques.CompteFactory(is_staff=True)
    jours = [MERCREDI, AUTRE, date(2015, 5, 6), date(2015, 5, 20)]
    inscriptions = inscrire(mercredi, 16, agent)
    gestes = [
        lambda i=i, n=n: i.demander(jours[n % 4 :] + jours[: n % 4], par=agent) for n, i in enumerate(inscriptions)
    ]
    assert en_parallele(gestes)["fait"] == 3
    assert set(mercredi.places_restantes(jours).values()) == {0}


@pytest.mark.django_db(transaction=True)
def test_un_rythme_et_des_demandes_a_la_fois_ne_depassent_pas(mercredi):
    agent = fabriques.CompteFactory(is_staff=True)
    inscriptions = inscrire(mercredi, 8, agent)
    gestes = [lambda i=i: i.demander([AUTRE], par=agent) for i in inscriptions[:4]]
    gestes += [lambda i=i: i.changer_rythme(Jours.MERCREDI, a_compter_du=MERCREDI, par=agent) for i in inscriptions[4:]]
    assert en_parallele(gestes)["fait"] == 3
    assert mercredi.places_restantes([AUTRE]) == {AUTRE: 0}


@pytest.mark.django_db(transaction=True)
def test_deux_prestations_a_la_meme_heure_au_meme_instant_une_seule_est_prise(mercredi, apres_midi):
    agent = fabriques.CompteFactory(is_staff=True)
    [journee] = inscrire(mercredi, 1, agent)
    demi = Inscription.objects.inscrire(journee.enfant, apres_midi, journee.famille, du=RENTREE, par=agent)
    gestes = [lambda: journee.demander([MERCREDI], par=agent), lambda: demi.demander([MERCREDI], par=agent)] * 4
    assert en_parallele(gestes)["fait"] == 1


@pytest.mark.django_db(transaction=True)
def test_quatre_agents_decident_a_la_fois_un_seul_decide(mercredi):
    agent = fabriques.CompteFactory(is_staff=True)
    [inscription] = inscrire(mercredi, 1, agent)
    inscription.demander([MERCREDI], par=agent)
    gestes = [
        lambda: Inscription.objects.get(pk=inscription.pk).journee(MERCREDI).confirmer(par=agent),
        lambda: Inscription.objects.get(pk=inscription.pk).journee(MERCREDI).refuser("Non", par=agent),
    ] * 2
    assert en_parallele(gestes)["fait"] == 1
    assert inscription.journee(MERCREDI).etat in {Etat.RESERVEE, Etat.REFUSEE}
