"""The rhythm changes while a request waits: what was asked can still be decided, and its place follows the decision."""

from datetime import date

import pytest
from django.urls import reverse

from planning.models import Inscription
from planning.regles.etats import Etat
from planning.regles.jours import AUCUN_JOUR, Jours
from tests.demandes.jours import declarer_absent, demander
from tests.demandes.outils import lire

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jeudi_2_avril")]
AVANT, JOUR = date(2015, 4, 29), date(2015, 5, 6)
# In the middle of the request, before it, on the first day of the inscription.
DEBUTS = [date(2015, 5, 1), date(2015, 4, 20), date(2014, 9, 1)]
RYTHMES = [AUCUN_JOUR, Jours.LUNDI, Jours.MERCREDI]


def changer(inscription: Inscription, debut: date, jours: Jours, agent) -> Inscription:
    return inscription.changer_rythme(jours, a_compter_du=debut, par=agent)


@pytest.fixture(params=DEBUTS, ids=str)
def debut(request) -> date:
    return request.param


@pytest.mark.parametrize("jours", RYTHMES, ids=str)
def test_la_demande_s_accepte(dupont, mercredis, mercredi, agent, accepter, debut, jours):
    demande = demander(dupont, mercredis, [AVANT, JOUR])
    suite = changer(mercredis, debut, jours, agent)

    assert accepter(demande).participe == "acceptée"

    assert suite.journee(JOUR).etat == Etat.RESERVEE
    assert mercredi.places_restantes([JOUR]) == {JOUR: 2}


@pytest.mark.parametrize("jours", RYTHMES, ids=str)
def test_la_demande_se_refuse_et_rend_la_place(dupont, mercredis, mercredi, agent, debut, jours):
    demande = demander(dupont, mercredis, [AVANT, JOUR])
    suite = changer(mercredis, debut, jours, agent)

    demande.refuser(par=agent, motif="Sortie annulée.")

    assert suite.journee(JOUR).etat == Etat.REFUSEE
    assert mercredi.places_restantes([AVANT, JOUR]) == {AVANT: 3, JOUR: 3}


def test_un_jour_se_refuse_quand_le_reste_est_accepte(dupont, mercredis, agent, directrice, debut):
    demande = demander(dupont, mercredis, [AVANT, JOUR])
    suite = changer(mercredis, debut, AUCUN_JOUR, agent)
    contenu = demande.contenu()
    [_, part] = contenu.parts_de(demande)
    assert part.libelle == "mercredi 6 mai 2015, ALSH Mercredi journée"

    demande.accepter(par=directrice, sauf=[part.code], motif="Complet.", vu=contenu.empreinte(demande.valeurs))

    assert suite.journee(JOUR).etat == Etat.REFUSEE
    assert demande.contenu().planning.journees(demande.donnees["jours"])[part.code].etat == Etat.REFUSEE


def test_retiree_elle_rend_le_jour_au_rythme(dupont, mercredis, mercredi, agent, debut):
    demande = demander(dupont, mercredis, [JOUR])
    suite = changer(mercredis, debut, Jours.MERCREDI, agent)
    demande.retirer(par=dupont.compte)
    assert suite.journee(JOUR).etat == Etat.REGULIERE
    assert mercredi.places_restantes([JOUR]) == {JOUR: 2}


@pytest.mark.parametrize(
    ("jours", "devient"), [(AUCUN_JOUR, Etat.AUCUN), (Jours.MERCREDI, Etat.REGULIERE)], ids=["sans", "encore"]
)
def test_une_absence_refusee_rend_le_jour_a_ce_que_dit_le_rythme(
    dupont, mercredis, mercredi, agent, debut, jours, devient
):
    regulier = changer(mercredis, mercredis.du, Jours.MERCREDI, agent)
    demande = declarer_absent(dupont, regulier, [JOUR])
    suite = changer(regulier, debut, jours, agent)
    demande.refuser(par=agent, motif="Trop tard.")
    assert suite.journee(JOUR).etat == devient
    assert mercredi.places_restantes([JOUR]) == {JOUR: 3 if devient == Etat.AUCUN else 2}


def test_une_absence_s_accepte(dupont, mercredis, mercredi, agent, accepter, debut):
    mercredis.reserver([JOUR], par=agent)
    demande = declarer_absent(dupont, mercredis, [JOUR])
    suite = changer(mercredis, debut, AUCUN_JOUR, agent)
    accepter(demande)
    assert suite.journee(JOUR).etat == Etat.ABSENT_EXCUSE


def test_le_jour_mene_toujours_a_sa_demande(parent, dupont, lea, mercredis, agent, debut):
    demande = demander(dupont, mercredis, [JOUR])
    changer(mercredis, debut, AUCUN_JOUR, agent)
    page = lire(parent, reverse("planning:jour", args=[lea.pk, 2015, 5, 6]))
    assert f'<a href="{demande.get_absolute_url()}">' in page


def test_une_page_ouverte_avant_demande_encore(dupont, mercredis, agent, debut):
    """The form names the former inscription; the request names the one that holds the day."""
    suite = changer(mercredis, debut, AUCUN_JOUR, agent)
    demande = demander(dupont, mercredis, [JOUR])
    assert demande.donnees["jours"] == [f"{suite.pk}:2015-05-06"]
    assert suite.journee(JOUR).etat == Etat.DEMANDEE
