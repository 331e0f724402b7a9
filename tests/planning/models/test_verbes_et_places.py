"""A verb holds by itself: what it gives back takes a place, whom it excuses was not there, its day is enrolled."""

from datetime import date

import pytest

from planning import erreurs
from planning.models import Inscription
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from tests.planning.places.outils import AUTRE, MERCREDI, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def rendue(mercredi, agent):
    """A booked day, excused since: its place went to another child, and the prestation is full."""
    premier, *autres = inscrire(mercredi, 4, agent)
    [journee] = premier.reserver([MERCREDI], par=agent)
    journee.excuser(par=agent)
    for autre in autres:
        autre.reserver([MERCREDI], par=agent)
    return journee


def test_retablir_ne_prend_pas_une_place_qui_n_est_plus(rendue, mercredi, agent):
    with pytest.raises(erreurs.Complet) as refus:
        rendue.retablir(par=agent)
    assert str(refus.value) == "Il n’y a plus de place le mercredi 8 avril\u00a0: ALSH Mercredi journée."
    rendue.refresh_from_db()
    assert rendue.etat == Etat.ABSENT_EXCUSE
    assert mercredi.reservations.occupant_une_place().count() == 3


def test_retablir_prend_la_place_qui_vient_de_se_liberer(rendue, mercredi, agent):
    mercredi.reservations.exclude(pk=rendue.pk).first().annuler(par=agent)
    rendue.retablir(par=agent)
    rendue.refresh_from_db()
    assert (rendue.etat, rendue.par) == (Etat.RESERVEE, agent)
    assert mercredi.places_restantes([MERCREDI]) == {MERCREDI: 0}


def test_retablir_une_absence_facturee_n_a_pas_besoin_de_place(mercredi, agent):
    """It kept its own: it is paid for."""
    inscriptions = inscrire(mercredi, 3, agent)
    for inscription in inscriptions:
        inscription.reserver([MERCREDI], par=agent)
    journee = inscriptions[0].journee(MERCREDI)
    journee.facturer_absence("Non prévenue", par=agent)
    journee.retablir(par=agent)
    journee.refresh_from_db()
    assert (journee.etat, journee.motif) == (Etat.RESERVEE, "")


def test_un_jour_regulier_retabli_redevient_regulier(mercredi, agent):
    [inscription] = inscrire(mercredi, 1, agent, jours=Jours.MERCREDI)
    journee = inscription.journee(AUTRE)
    journee.excuser(par=agent)
    journee.retablir(par=agent)
    assert inscription.journee(AUTRE).etat == Etat.REGULIERE


def test_retablir_ne_defait_qu_une_absence_ou_un_conge(mercredi, agent):
    [inscription] = inscrire(mercredi, 1, agent)
    [journee] = inscription.reserver([MERCREDI], par=agent)
    with pytest.raises(erreurs.EtatIncompatible):
        journee.retablir(par=agent)


@pytest.mark.parametrize(
    "geste",
    [
        lambda journee, agent: journee.excuser(par=agent),
        lambda journee, agent: journee.facturer_absence(par=agent),
        lambda journee, agent: journee.demander_absence(par=agent),
        lambda journee, agent: journee.mettre_en_conge(par=agent),
    ],
    ids=["excuser", "facturer", "demander", "congé"],
)
def test_un_enfant_qui_etait_la_n_etait_pas_absent(geste, mercredi, agent, jeudi_2_avril):
    """Booked, so that nothing but his presence says no."""
    [inscription] = inscrire(mercredi, 1, agent)
    [journee] = inscription.reserver([MERCREDI], par=agent)
    jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
    journee.pointer(Presence.PRESENT, par=agent)
    with pytest.raises(erreurs.EtatIncompatible) as refus:
        geste(journee, agent)
    assert str(refus.value) == "L’enfant était présent le mercredi 8 avril."
    journee.refresh_from_db()
    assert (journee.etat, journee.presence) == (Etat.RESERVEE, Presence.PRESENT)


def test_une_absence_demandee_ne_se_decide_plus_une_fois_l_enfant_venu(mercredi, agent, jeudi_2_avril):
    [inscription] = inscrire(mercredi, 1, agent)
    [journee] = inscription.reserver([MERCREDI], par=agent)
    journee.demander_absence("Malade", par=agent)
    jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
    journee.pointer(Presence.PRESENT, par=agent)
    for decider in (journee.excuser, journee.facturer_absence):
        with pytest.raises(erreurs.EtatIncompatible) as refus:
            decider(par=agent)
        assert str(refus.value) == "L’enfant était présent le mercredi 8 avril."


def test_le_dernier_jour_d_une_inscription_se_pointe_et_le_lendemain_non(mercredi, agent, jeudi_2_avril):
    [inscription] = inscrire(mercredi, 1, agent, au=date(2015, 4, 7))
    jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
    with pytest.raises(erreurs.InscriptionAbsente) as refus:
        inscription.journee(MERCREDI).pointer(Presence.PRESENT, par=agent)
    assert str(refus.value) == "L’enfant n’est pas inscrit le mercredi 8 avril."
    Inscription.objects.update(au=MERCREDI)
    inscription.journee(MERCREDI).pointer(Presence.PRESENT, par=agent)
    assert inscription.journee(MERCREDI).est_presente


def test_un_jour_lu_avant_que_l_inscription_ne_finisse_ne_se_decide_plus(mercredi, agent):
    """The agent's page still showed it."""
    [inscription] = inscrire(mercredi, 1, agent, jours=Jours.MERCREDI)
    lu = inscription.journee(AUTRE)
    Inscription.objects.get().terminer(date(2015, 4, 28), par=agent)
    with pytest.raises(erreurs.InscriptionAbsente) as refus:
        lu.excuser(par=agent)
    assert str(refus.value) == "L’enfant n’est pas inscrit le mercredi 29 avril."
