"""The timeline of a request: what happened, when, by whom, and what is still to come."""

import pytest

from demandes.models import Decision, Demande
from demandes.suivi.frise import Etape, frise
from famille.models import Compte
from tests.demandes.outils import changer_de_mobile

pytestmark = pytest.mark.django_db
DEPOSEE = Etape("Demande déposée", "mercredi 8 avril 2015 à 14\u00a0h\u00a005")


@pytest.fixture(autouse=True)
def le_8_avril(time_machine):
    time_machine.move_to("2015-04-08 14:05 +0200", tick=False)


def test_deposee_elle_attend_d_etre_prise_en_charge_puis_decidee(dupont):
    etapes = frise(changer_de_mobile(dupont))
    assert etapes == [
        DEPOSEE,
        Etape("Prise en charge par le centre", a_venir=True),
        Etape("Décision du centre", a_venir=True),
    ]
    assert [etape.a_venir for etape in etapes] == [False, True, True]


def test_deposee_par_un_agent_elle_dit_qui_mais_pas_d_un_parent_qui_travaille_au_centre(dupont, martin, agent):
    def deposee_par(compte: Compte | None) -> str:
        Demande.objects.update(deposee_par=compte)
        return frise(Demande.objects.get())[0].detail

    changer_de_mobile(dupont)
    assert deposee_par(agent) == "Par Alice MAIRIE, pour la famille."
    for foyer in (dupont, martin):
        foyer.compte.is_staff = True
        foyer.compte.save()
    assert deposee_par(martin.compte) == "Par martin, pour la famille."
    assert deposee_par(dupont.compte) == ""
    assert deposee_par(None) == ""


def test_prise_en_charge_elle_dit_par_qui_tant_que_le_compte_existe(dupont, agent):
    demande = changer_de_mobile(dupont)
    demande.prendre_en_charge(par=agent)
    attend = Etape("Décision du centre", a_venir=True)
    quand = DEPOSEE.quand
    assert frise(Demande.objects.get()) == [DEPOSEE, Etape("Prise en charge", quand, "Par Alice MAIRIE."), attend]
    Demande.objects.update(prise_en_charge_par=None)
    assert frise(Demande.objects.get()) == [DEPOSEE, Etape("Prise en charge", quand), attend]


def test_decidee_sans_avoir_ete_prise_en_charge_elle_n_attend_plus_rien(dupont, agent):
    changer_de_mobile(dupont).refuser(par=agent, motif="Non.")
    assert frise(Demande.objects.get()) == [DEPOSEE, Etape("Demande refusée", DEPOSEE.quand, "Par Alice MAIRIE.")]


def test_expiree_elle_dit_que_personne_n_a_repondu(dupont):
    demande = changer_de_mobile(dupont)
    Decision.objects.create(demande=demande, verdict="expiree")
    derniere = frise(Demande.objects.get())[-1]
    assert derniere == Etape("Demande expirée", DEPOSEE.quand, "Personne n’y a répondu à temps.")
