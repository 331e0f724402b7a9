"""Places left on a day: those of the prestation or the day's own, less what is booked and what the patterns take."""

from datetime import date
from itertools import product

import pytest
from django.db import connection

from planning import erreurs
from planning.models import Inscription, PlacesDuJour, Prestation, Reservation
from planning.places import prise
from planning.places.restantes import effectifs
from planning.regles.etats import Etat
from planning.regles.jours import Jours, jours_entre
from planning.regles.ouverture import Rythme
from tests.planning.places.outils import AUTRE, MERCREDI, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


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


@pytest.mark.parametrize("a_l_envers", [False, True])
def test_de_plusieurs_jours_trop_pleins_le_premier_est_nomme(mercredi, agent, monkeypatch, a_l_envers):
    """In whatever order PostgreSQL counts them: it promises none."""
    monkeypatch.setattr(prise, "effectifs", lambda jours: dict(sorted(effectifs(jours).items(), reverse=a_l_envers)))
    for inscription in inscrire(mercredi, 2, agent):
        inscription.reserver([MERCREDI, AUTRE], par=agent)
    Prestation.objects.update(places=1)
    with pytest.raises(erreurs.Complet, match="mercredi 8 avril"):
        prise.refuser_le_trop_plein(mercredi.pk, mercredi.nom, [AUTRE, MERCREDI])


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
