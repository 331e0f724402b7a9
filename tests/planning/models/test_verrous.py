"""Each verb of the planning waits until nobody else has the child in hand."""

from datetime import date

import pytest

from planning.models import Inscription
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours
from tests import fabriques
from tests.attente import attendre_son_tour
from tests.planning.places.outils import AUTRE, MERCREDI, inscrire

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("jeudi_2_avril")]

PRINTEMPS = (date(2014, 3, 1), date(2014, 3, 31))
D_UN_JOUR = {
    "demander": (None, lambda jour, par: jour.demander(par=par)),
    "confirmer": (Etat.DEMANDEE, lambda jour, par: jour.confirmer(par=par)),
    "refuser": (Etat.DEMANDEE, lambda jour, par: jour.refuser("Complet", par=par)),
    "expirer": (Etat.DEMANDEE, lambda jour, par: jour.expirer("Sans réponse")),
    "retirer": (Etat.DEMANDEE, lambda jour, par: jour.retirer(par=par)),
    "prendre en charge": (Etat.DEMANDEE, lambda jour, par: jour.prendre_en_charge(par=par)),
    "annuler": (Etat.RESERVEE, lambda jour, par: jour.annuler(par=par)),
    "demander une absence": (Etat.RESERVEE, lambda jour, par: jour.demander_absence(par=par)),
    "mettre en congé": (Etat.RESERVEE, lambda jour, par: jour.mettre_en_conge(par=par)),
    "excuser": (Etat.RESERVEE, lambda jour, par: jour.excuser(par=par)),
    "rétablir": (Etat.ABSENT_FACTURE, lambda jour, par: jour.retablir(par=par)),
    "facturer l’absence": (Etat.RESERVEE, lambda jour, par: jour.facturer_absence(par=par)),
}
D_UNE_INSCRIPTION = {
    "réserver": lambda inscription, par: inscription.reserver([MERCREDI, AUTRE], par=par),
    "terminer": lambda inscription, par: inscription.terminer(date(2015, 6, 30), par=par),
    "changer de rythme": lambda inscription, par: inscription.changer_rythme(
        Jours.MERCREDI, a_compter_du=MERCREDI, par=par
    ),
    "inscrire de nouveau": lambda inscription, par: Inscription.objects.inscrire(
        inscription.enfant,
        inscription.prestation,
        inscription.famille,
        du=date(2014, 3, 1),
        au=date(2014, 3, 31),
        par=par,
    ),
}


@pytest.fixture
def par():
    return fabriques.CompteFactory(is_staff=True)


@pytest.mark.parametrize(("etat", "geste"), D_UN_JOUR.values(), ids=D_UN_JOUR)
def test_ce_qu_on_fait_d_un_jour_attend_que_l_enfant_soit_libre(mercredi, par, etat, geste):
    [inscription] = inscrire(mercredi, 1, par)
    if etat is not None:
        inscription.prendre([MERCREDI], etat, par=par)
    attendre_son_tour(inscription.enfant, lambda: geste(inscription.journee(MERCREDI), par))
    assert inscription.journee(MERCREDI).etat != (etat or Etat.AUCUN)


@pytest.mark.parametrize("geste", D_UNE_INSCRIPTION.values(), ids=D_UNE_INSCRIPTION)
def test_ce_qu_on_fait_d_une_inscription_attend_que_l_enfant_soit_libre(mercredi, par, geste):
    [inscription] = inscrire(mercredi, 1, par)
    avant = _tout(inscription)
    attendre_son_tour(inscription.enfant, lambda: geste(inscription, par))
    assert _tout(inscription) != avant


def test_l_appel_attend_que_l_enfant_soit_libre(mercredi, par, jeudi_2_avril):
    [inscription] = inscrire(mercredi, 1, par)
    jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
    attendre_son_tour(inscription.enfant, lambda: inscription.journee(MERCREDI).pointer(Presence.PRESENT, par=par))
    assert inscription.journee(MERCREDI).est_presente


def test_un_refus_d_absence_attend_que_l_enfant_soit_libre(mercredi, par):
    [inscription] = inscrire(mercredi, 1, par)
    [journee] = inscription.reserver([MERCREDI], par=par)
    journee.demander_absence(par=par)
    attendre_son_tour(inscription.enfant, lambda: journee.refuser_absence("Sans certificat", par=par))
    assert inscription.journee(MERCREDI).etat == Etat.RESERVEE


def _tout(inscription: Inscription) -> list:
    """All that is known of the child: the inscriptions, and their days."""
    return list(inscription.enfant.inscriptions.order_by("du").values_list("du", "au", "jours", "reservations__jour"))
