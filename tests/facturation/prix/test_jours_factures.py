"""What is billed, over every combination of booking, attendance and opening."""

from itertools import product

import pytest

from facturation.prix.grille import Nature
from facturation.prix.jours_factures import FACTURABLE, nature_facturee
from planning.regles.etats import Etat, Presence

RIEN, JOURNEE, SANS, ABSENCE = None, Nature.RESERVATION, Nature.SANS_RESERVATION, Nature.ABSENCE

# For each booking, in the order of `Presence`: nobody called, present, absent.
ATTENDU = {
    Etat.AUCUN: (RIEN, SANS, RIEN),
    Etat.DEMANDEE: (RIEN, SANS, RIEN),
    Etat.EN_COURS: (RIEN, SANS, RIEN),
    Etat.RESERVEE: (JOURNEE, JOURNEE, ABSENCE),
    Etat.REGULIERE: (JOURNEE, JOURNEE, ABSENCE),
    Etat.REFUSEE: (RIEN, SANS, RIEN),
    Etat.ABSENCE_DEMANDEE: (RIEN, JOURNEE, RIEN),
    Etat.ABSENCE_EN_COURS: (RIEN, JOURNEE, RIEN),
    Etat.ABSENT_EXCUSE: (RIEN, SANS, RIEN),
    Etat.ABSENT_FACTURE: (ABSENCE, JOURNEE, ABSENCE),
    Etat.CONGE: (RIEN, SANS, RIEN),
    Etat.ANNULEE: (RIEN, SANS, RIEN),
}


@pytest.mark.parametrize("etat", Etat)
def test_ce_qui_est_facture_un_jour_ouvert(etat):
    natures = tuple(nature_facturee(etat, presence, ouvert=True) for presence in Presence)
    assert natures == ATTENDU[etat]


@pytest.mark.parametrize(("etat", "presence"), list(product(Etat, Presence)))
def test_un_jour_de_fermeture_ne_se_facture_jamais(etat, presence):
    assert nature_facturee(etat, presence, ouvert=False) is None


def test_la_table_connait_tous_les_etats():
    assert set(FACTURABLE) == set(Etat)


@pytest.mark.parametrize("etat", [Etat.ABSENT_EXCUSE, Etat.REFUSEE, Etat.DEMANDEE, Etat.EN_COURS, Etat.CONGE])
@pytest.mark.parametrize("presence", [Presence.NON_POINTEE, Presence.ABSENT])
def test_ni_absence_excusee_ni_refus_ni_demande_ne_se_facturent(etat, presence):
    assert nature_facturee(etat, presence, ouvert=True) is None
