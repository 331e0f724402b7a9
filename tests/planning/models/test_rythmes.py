"""A new weekly pattern must fit: no other place at those hours, no booking in its way, a place on each of its days."""

from datetime import date, time

import pytest

from planning import erreurs
from planning.models import Inscription, JourFerie, PlacesDuJour, Prestation, Reservation
from planning.regles.etats import Etat
from planning.regles.jours import AUCUN_JOUR, Jours
from tests.planning.places.outils import AUTRE, MERCREDI, RENTREE, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
JEUDI = date(2015, 4, 9)


@pytest.fixture
def lea(mercredi, agent) -> Inscription:
    """Enrolled for the whole Wednesday, without a pattern."""
    [inscription] = inscrire(mercredi, 1, agent)
    return inscription


def aussi(inscription: Inscription, prestation: Prestation, agent, du=RENTREE, **options) -> Inscription:
    """The same child, elsewhere."""
    return Inscription.objects.inscrire(
        inscription.enfant, prestation, inscription.famille, du=du, par=agent, **options
    )


def devenir_regulier(inscription: Inscription, agent, jours=Jours.MERCREDI, du=RENTREE) -> Inscription:
    return inscription.changer_rythme(jours, a_compter_du=du, par=agent)


def test_la_premiere_reservation_contraire_est_nommee(lea, apres_midi, agent):
    demi = aussi(lea, apres_midi, agent)
    demi.reserver([AUTRE], par=agent)
    demi.reserver([MERCREDI], par=agent)
    with pytest.raises(erreurs.HorairesIncompatibles, match="le mercredi 8 avril"):
        devenir_regulier(lea, agent)
    with pytest.raises(erreurs.HorairesIncompatibles, match="le mercredi 29 avril"):
        devenir_regulier(lea, agent, du=JEUDI)


@pytest.mark.parametrize("etat", [Etat.REFUSEE, Etat.ABSENT_EXCUSE, Etat.CONGE])
def test_une_reservation_qui_n_occupe_rien_n_empeche_pas_un_rythme(lea, apres_midi, agent, etat):
    demi = aussi(lea, apres_midi, agent)
    Reservation.objects.create(inscription=demi, jour=MERCREDI, etat=etat, motif="Complet")
    assert devenir_regulier(lea, agent).est_reguliere


def test_ni_celle_d_un_jour_ferme_depuis(lea, apres_midi, agent):
    aussi(lea, apres_midi, agent).reserver([MERCREDI], par=agent)
    JourFerie.objects.create(jour=MERCREDI, nom="Victoire 1945")
    assert devenir_regulier(lea, agent).est_reguliere


def test_ni_celle_d_un_autre_enfant_ni_celle_d_une_autre_heure(lea, garderie, mercredi, agent):
    [voisin] = inscrire(mercredi, 1, agent)
    voisin.reserver([MERCREDI], par=agent)
    aussi(lea, garderie, agent).reserver([MERCREDI], par=agent)
    assert devenir_regulier(lea, agent).est_reguliere


def test_un_seul_rythme_contraire_suffit(lea, apres_midi, mercredi, agent):
    """One of the others meets it, another does not."""
    autre = Prestation.objects.create(
        structure=mercredi.structure, nom="Sortie", jours_scolaires=Jours.JEUDI, heure_debut=time(9), heure_fin=time(17)
    )
    aussi(lea, autre, agent, jours=Jours.JEUDI)
    aussi(lea, apres_midi, agent, jours=Jours.MERCREDI)
    with pytest.raises(erreurs.HorairesIncompatibles) as refus:
        devenir_regulier(lea, agent)
    assert str(refus.value) == "L’enfant est déjà attendu ailleurs à ces heures, chaque semaine."


def test_un_rythme_fini_avant_qu_un_autre_ne_commence_ne_le_contrarie_pas(lea, apres_midi, agent):
    aussi(lea, apres_midi, agent, du=date(2015, 9, 1), jours=Jours.MERCREDI)
    lea.terminer(date(2015, 6, 30), par=agent)
    assert devenir_regulier(lea, agent).est_reguliere


def test_qui_change_de_rythme_garde_les_places_qu_il_avait(mercredi, agent):
    """Full, and one place fewer since: the days that it already holds are not taken anew."""
    reguliers = inscrire(mercredi, 3, agent, jours=Jours.MERCREDI)
    PlacesDuJour.objects.create(prestation=mercredi, jour=AUTRE, places=2)
    suite = devenir_regulier(reguliers[0], agent, du=MERCREDI)
    assert suite.journee(AUTRE).etat == Etat.REGULIERE


def test_un_rythme_se_compte_jusqu_au_dernier_jour_connu_et_jusqu_a_sa_fin(mercredi, agent):
    loin = date(2016, 6, 15)
    PlacesDuJour.objects.create(prestation=mercredi, jour=loin, places=0)
    with pytest.raises(erreurs.Complet, match="mercredi 15 juin"):
        inscrire(mercredi, 1, agent, jours=Jours.MERCREDI)
    with pytest.raises(erreurs.Complet, match="mercredi 15 juin"):
        inscrire(mercredi, 1, agent, jours=Jours.MERCREDI, au=loin)
    assert inscrire(mercredi, 1, agent, jours=Jours.MERCREDI, au=date(2016, 6, 14))


@pytest.mark.parametrize("periode", ["jours_scolaires", "jours_petites_vacances", "jours_grandes_vacances"])
def test_les_places_se_comptent_dans_chaque_periode(mercredi, agent, periode):
    ouvertures = {
        "jours_scolaires": 0,
        "jours_petites_vacances": 0,
        "jours_grandes_vacances": 0,
        periode: Jours.MERCREDI,
    }
    Prestation.objects.filter(pk=mercredi.pk).update(places=1, **ouvertures)
    mercredi.refresh_from_db()
    inscrire(mercredi, 1, agent, jours=Jours.MERCREDI)
    with pytest.raises(erreurs.Complet):
        inscrire(mercredi, 1, agent, jours=Jours.MERCREDI)


def test_un_jour_complet_hors_du_rythme_ne_l_empeche_pas(mercredi, agent):
    Prestation.objects.filter(pk=mercredi.pk).update(jours_scolaires=Jours.MERCREDI | Jours.JEUDI)
    mercredi.refresh_from_db()
    PlacesDuJour.objects.create(prestation=mercredi, jour=JEUDI, places=0)
    assert inscrire(mercredi, 1, agent, jours=Jours.MERCREDI)
    with pytest.raises(erreurs.Complet, match="jeudi 9 avril"):
        inscrire(mercredi, 1, agent, jours=Jours.JEUDI)


def test_un_jour_ou_la_prestation_n_ouvre_jamais_ne_se_compte_pas(mercredi, agent):
    inscrire(mercredi, 3, agent, jours=Jours.JEUDI)
    assert inscrire(mercredi, 1, agent, jours=Jours.JEUDI)


def test_sans_rythme_il_n_y_a_rien_a_verifier(mercredi, agent):
    inscrire(mercredi, 3, agent, jours=Jours.MERCREDI)
    [inscription] = inscrire(mercredi, 1, agent)
    assert inscription.jours == AUCUN_JOUR


def test_un_rythme_ne_se_heurte_pas_a_un_jour_trop_plein_qui_vient_apres_sa_fin(mercredi, agent):
    apres = date(2015, 5, 27)
    for inscription in inscrire(mercredi, 2, agent):
        inscription.reserver([apres], par=agent)
    PlacesDuJour.objects.create(prestation=mercredi, jour=apres, places=1)
    [reguliere] = inscrire(mercredi, 1, agent, jours=Jours.MERCREDI, au=AUTRE)
    assert reguliere.est_reguliere
    with pytest.raises(erreurs.Complet, match="mercredi 27 mai"):
        inscrire(mercredi, 1, agent, jours=Jours.MERCREDI, au=apres)


def test_un_rythme_ne_se_heurte_qu_aux_jours_de_la_semaine_qu_il_prend(garderie, agent):
    for inscription in inscrire(garderie, 2, agent):
        inscription.reserver([JEUDI], par=agent)
    PlacesDuJour.objects.create(prestation=garderie, jour=JEUDI, places=1)
    assert len(inscrire(garderie, 1, agent, jours=Jours.MARDI)) == 1
    with pytest.raises(erreurs.Complet, match="jeudi 9 avril"):
        inscrire(garderie, 1, agent, jours=Jours.JEUDI)
