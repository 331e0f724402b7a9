"""Places: never one too many, whatever happens at the same time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product
from threading import Barrier

import pytest
from django.db import connection

from planning import erreurs
from planning.models import Inscription, PlacesDuJour, Reservation
from planning.regles.etats import Etat
from planning.regles.jours import Jours, jours_entre
from planning.regles.ouverture import Rythme
from tests import fabriques

MERCREDI = date(2015, 4, 8)
AUTRE = date(2015, 4, 29)
RENTREE = date(2014, 9, 1)

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def inscrire(prestation, n, agent, **options):
    """Children of as many familles, all enrolled."""
    inscriptions = []
    for _ in range(n):
        famille = fabriques.FamilleFactory()
        enfant = fabriques.EnfantFactory(famille=famille)
        inscriptions.append(Inscription.objects.inscrire(enfant, prestation, famille, du=RENTREE, par=agent, **options))
    return inscriptions


def test_la_derniere_place_prise_les_autres_jours_restent(mercredi, agent):
    *premiers, dernier = inscrire(mercredi, 4, agent)
    for inscription in premiers:
        inscription.demander([MERCREDI], par=agent)
    assert mercredi.places_restantes([MERCREDI, AUTRE]) == {MERCREDI: 0, AUTRE: 3}
    with pytest.raises(erreurs.Complet) as refus:
        dernier.demander([AUTRE, MERCREDI], par=agent)
    assert str(refus.value).replace("\u00a0", " ") == (
        "Il n’y a plus de place le mercredi 8 avril : ALSH Mercredi journée."
    )
    assert not dernier.reservations.exists()


def test_un_jour_peut_avoir_son_nombre_de_places(mercredi, agent):
    PlacesDuJour.objects.create(prestation=mercredi, jour=MERCREDI, places=0)
    [inscription] = inscrire(mercredi, 1, agent)
    with pytest.raises(erreurs.Complet):
        inscription.reserver([MERCREDI], par=agent)
    assert mercredi.places_restantes([MERCREDI, AUTRE]) == {MERCREDI: 0, AUTRE: 3}


def test_un_jour_limite_compte_meme_si_la_prestation_ne_l_est_pas(apres_midi, agent):
    PlacesDuJour.objects.create(prestation=apres_midi, jour=MERCREDI, places=1)
    premier, second = inscrire(apres_midi, 2, agent)
    premier.reserver([MERCREDI, AUTRE], par=agent)
    second.reserver([AUTRE], par=agent)
    with pytest.raises(erreurs.Complet):
        second.reserver([MERCREDI], par=agent)
    assert apres_midi.places_restantes([MERCREDI, AUTRE]) == {MERCREDI: 0, AUTRE: None}


def test_un_regulier_occupe_sa_place_jusqu_a_ce_qu_il_la_rende(mercredi, agent):
    inscrire(mercredi, 2, agent, jours=Jours.MERCREDI)
    assert mercredi.places_restantes([MERCREDI, AUTRE]) == {MERCREDI: 1, AUTRE: 1}
    Inscription.objects.first().journee(MERCREDI).excuser(par=agent)
    assert mercredi.places_restantes([MERCREDI, AUTRE]) == {MERCREDI: 2, AUTRE: 1}


def test_un_rythme_ne_prend_pas_une_place_qui_manque_un_seul_jour(mercredi, agent):
    for inscription in inscrire(mercredi, 3, agent):
        inscription.reserver([AUTRE], par=agent)
    with pytest.raises(erreurs.Complet) as refus:
        inscrire(mercredi, 1, agent, jours=Jours.MERCREDI)
    assert "mercredi 29 avril" in str(refus.value)
    # Until the day before, it fits.
    assert inscrire(mercredi, 1, agent, jours=Jours.MERCREDI, au=date(2015, 4, 28))


def test_les_semaines_paires_et_impaires_comptent_a_part(mercredi, agent):
    inscrire(mercredi, 3, agent, jours=Jours.MERCREDI, parite=0)
    inscrire(mercredi, 3, agent, jours=Jours.MERCREDI, parite=1)
    assert mercredi.places_restantes([MERCREDI, AUTRE]) == {MERCREDI: 0, AUTRE: 0}
    with pytest.raises(erreurs.Complet):
        inscrire(mercredi, 1, agent, jours=Jours.MERCREDI, parite=0)


def test_le_rythme_en_sql_est_celui_de_python(db):
    jours = list(jours_entre(date(2015, 12, 1), date(2021, 1, 31)))
    for bits, parite in product((0, 4, 27, 64, 127), (None, 0, 1)):
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT j FROM unnest(%s::date[]) AS j WHERE planning_est_regulier(%s::smallint, %s::smallint, j)",
                [jours, bits, parite],
            )
            en_sql = [jour for (jour,) in curseur.fetchall()]
        assert en_sql == list(filter(Rythme(Jours(bits), parite).comprend, jours))


def test_postgresql_ecrit_la_prestation_d_une_reservation_faite_en_nombre(mercredi, apres_midi, agent):
    [inscription] = inscrire(mercredi, 1, agent)
    jours = [MERCREDI, AUTRE]
    Reservation.objects.bulk_create(
        [Reservation(inscription=inscription, jour=jour, etat=Etat.RESERVEE) for jour in jours]
        + [Reservation(inscription=inscription, jour=date(2015, 5, 20), prestation=apres_midi)]
    )
    assert set(Reservation.objects.values_list("prestation", flat=True)) == {mercredi.pk}
    assert mercredi.places_restantes(jours) == {MERCREDI: 2, AUTRE: 2}


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
