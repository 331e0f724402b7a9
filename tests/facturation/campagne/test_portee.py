"""What the days that a change reaches are worth: what was billed of them, or will be."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from facturation.models import TrancheDeTarif
from planning.journees.lecture import lire_journees
from planning.models import Fermeture, Prestation
from planning.portee import chiffrage
from planning.portee.jours import JoursTouches, desormais
from planning.regles.jours import Jours
from tests.facturation.ville import LE, emettre, foyer, inscrire, reserver

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)
OCTOBRE, DECEMBRE = date(2026, 10, 1), date(2026, 12, 7)


@pytest.fixture
def facturee(ville):
    """Zoé ate on 1 October, which is billed 3,60 €, and will on 7 December."""
    famille, enfant = foyer("Zoé")
    inscription = inscrire(famille, enfant, ville.cantine)
    reserver(inscription, [1])
    reserver(inscription, [7], mois=12, presence="")
    with LE_2_NOVEMBRE:
        emettre(ville.campagne())
    return inscription


def valeurs(prestation: Prestation, *jours: date) -> list[tuple]:
    journees = list(lire_journees({prestation.pk: jours}))
    return [(un.euros, un.est_facture) for un in chiffrage.montants(journees)]


@LE_2_NOVEMBRE
def test_un_jour_facture_vaut_ce_que_dit_sa_facture_les_autres_le_prix_de_maintenant(ville, facturee):
    TrancheDeTarif.objects.filter(tarif__prestation=ville.cantine).update(resident="5.00")

    assert valeurs(ville.cantine, OCTOBRE, DECEMBRE) == [(Decimal("3.60"), True), (Decimal("5.00"), False)]


@LE_2_NOVEMBRE
def test_une_fermeture_tardive_dit_ce_que_la_prochaine_campagne_rend(ville, facturee):
    touches = JoursTouches(Prestation.objects.all(), [(OCTOBRE, OCTOBRE)])

    phrases = touches.si(lambda: Fermeture.objects.create(du=OCTOBRE, au=OCTOBRE, motif="grève"))

    assert [phrase.replace("\u00a0", " ") for phrase in phrases] == [
        "1 jour réservé ou demandé tombe, le 01/10/2026 : 1 famille, 1 enfant.",
        "Ces jours valent 3,60 €, ils vaudront 0,00 € : 3,60 € de moins pour la famille.",
        "1 jour est déjà facturé : la prochaine campagne le rend.",
    ]
    assert not Fermeture.objects.exists()


@LE_2_NOVEMBRE
def test_ce_qui_est_facture_n_est_plus_a_changer(ville, facturee):
    assert desormais(Prestation.objects.all()) == (date(2026, 11, 1), date(2027, 8, 31))


def test_sans_campagne_on_compte_a_partir_d_aujourd_hui(ville):
    with LE_2_NOVEMBRE:
        assert desormais(Prestation.objects.all())[0] == date(2026, 11, 2)


@LE_2_NOVEMBRE
def test_le_nombre_de_requetes_ne_suit_pas_celui_des_familles(ville, facturee):
    def requetes() -> int:
        journees = list(lire_journees({ville.cantine.pk: [OCTOBRE, DECEMBRE]}))
        with CaptureQueriesContext(connection) as captees:
            chiffrage.montants(journees)
        return len(captees)

    avant = requetes()
    for prenom in ("Ali", "Tom", "Ana"):
        famille, enfant = foyer(prenom)
        inscrire(famille, enfant, ville.cantine, Jours(127))

    assert requetes() == avant
    assert avant <= 7
