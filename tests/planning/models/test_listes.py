"""Lists of days, inscriptions and prestations: whom they name, and whom they leave out."""

from datetime import date

import pytest

from planning.models import Inscription, Reservation, Structure
from planning.models.rentree.reconduction import Reconduction
from planning.regles.etats import Presence
from planning.regles.jours import UN_JOUR
from tests import fabriques
from tests.planning.places.outils import AUTRE, MERCREDI, RENTREE, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def inscription(mercredi, agent) -> Inscription:
    [inscription] = inscrire(mercredi, 1, agent)
    return inscription


def test_un_foyer_est_un_enfant_dans_une_famille(inscription, mercredi, agent):
    frere = fabriques.EnfantFactory(famille=inscription.famille)
    Inscription.objects.inscrire(frere, mercredi, inscription.famille, du=RENTREE, par=agent)
    assert list(Inscription.objects.de_ce_foyer(inscription.enfant, inscription.famille)) == [inscription]


def test_ce_qui_est_a_venir_l_est_du_jour_que_l_on_dit(inscription, agent):
    inscription.terminer(MERCREDI, par=agent)
    assert list(Inscription.objects.a_venir(MERCREDI)) == [inscription]
    assert not Inscription.objects.a_venir(MERCREDI + UN_JOUR).exists()


def test_les_jours_d_un_mois_ou_d_une_periode_sont_les_siens(inscription, agent):
    inscription.reserver([MERCREDI, AUTRE, date(2015, 5, 6)], par=agent)
    jours = inscription.reservations.order_by("jour").values_list("jour", flat=True)
    assert list(jours.du_mois(2015, 4)) == [MERCREDI, AUTRE]
    assert list(jours.entre(AUTRE, AUTRE)) == [AUTRE]


def test_un_jour_ou_personne_n_est_venu_n_est_pas_une_erreur(inscription, agent):
    inscription.reserver([MERCREDI], par=agent)[0].facturer_absence(par=agent)
    assert not Reservation.objects.presentes().exists()
    assert not Reservation.objects.en_erreur().exists()


def test_une_presence_est_une_erreur_hors_des_jours_ou_l_on_sait_sa_prestation_ouverte(
    inscription, garderie, agent, jeudi_2_avril
):
    jeudi_2_avril.move_to("2015-04-29T20:00:00+02:00")
    [matin] = inscrire(garderie, 1, agent)
    jeudi = MERCREDI + UN_JOUR
    for une, jour in ((inscription, MERCREDI), (matin, jeudi), (inscription, jeudi), (inscription, AUTRE)):
        une.journee(jour).pointer(Presence.PRESENT, par=agent)
    ouverts = {inscription.prestation_id: [MERCREDI], garderie.pk: [jeudi]}
    assert [(une.inscription, une.jour) for une in Reservation.objects.en_erreur(ouverts).order_by("jour")] == [
        (inscription, jeudi),
        (inscription, AUTRE),
    ]


def test_une_prestation_finit_a_sa_date_ou_a_celle_de_sa_structure_si_elle_est_plus_proche(mercredi):
    mercredi.structure.inactive_depuis = AUTRE
    for sienne, attendue in ((MERCREDI, MERCREDI), (date(2015, 6, 3), AUTRE), (None, AUTRE)):
        mercredi.inactive_depuis = sienne
        mercredi.save()
        assert mercredi.inactive_depuis == attendue


def test_les_structures_actives_le_sont_du_jour_que_l_on_dit(alsh):
    alsh.inactive_depuis = MERCREDI
    alsh.save()
    assert list(Structure.objects.actives(MERCREDI - UN_JOUR)) == [alsh]
    assert not Structure.objects.actives(MERCREDI).exists()


def test_ce_qu_une_structure_avait_arrete_suit_sa_date_et_non_celle_d_une_autre(alsh, mercredi):
    Structure.objects.create(nom="Accueil d’avant", inactive_depuis=AUTRE)
    for fin in (MERCREDI, date(2015, 6, 3), None):
        alsh.inactive_depuis = fin
        alsh.save()
        mercredi.refresh_from_db()
        assert mercredi.inactive_depuis == fin


def test_ce_qu_une_rentree_a_fait_d_une_inscription_se_dit():
    assert str(Reconduction(annee=2015, sorte="terminee")) == "Rentrée 2015-2016\u00a0: terminée"
