"""Who receives a mailing."""

from datetime import date

import pytest

from famille.models import Famille
from messagerie.destinataires.sortes import Destinataires
from planning.models import Inscription, Prestation, Structure
from planning.regles.jours import AUCUN_JOUR, Jours
from tests.messagerie.fabriques import preparer

pytestmark = pytest.mark.django_db


def test_une_liste_choisie_par_numeros(dupont, martin, agent):
    envoi = preparer(agent, "choisies", numeros="1001001818332, 1001001818332")
    assert list(envoi.familles()) == [martin.famille]
    assert envoi.destinataires().is_valid()


def test_un_numero_inconnu_est_dit(dupont):
    choix = Destinataires.sortes["choisies"]({"numeros": "1001001818331 999"})
    assert choix.errors["numeros"] == ["Aucune famille ne porte ce numéro\u00a0: 999."]


def test_une_autre_application_ajoute_sa_sorte(dupont, agent, monkeypatch):
    monkeypatch.setattr(Destinataires, "sortes", dict(Destinataires.sortes))

    class LesDupont(Destinataires):
        code, titre = "dupont", "Les DUPONT"

        def familles(self):
            return Famille.objects.filter(responsables__nom="DUPONT").distinct()

    assert list(preparer(agent, "dupont").familles()) == [dupont.famille]


@pytest.fixture
def prestation(dupont, martin, agent):
    """The DUPONTs' Léa comes on Wednesdays, regularly; the MARTINs' Tom is inscrit and has reserved nothing."""
    structure = Structure.objects.create(nom="Accueil de Loisirs")
    prestation = Prestation.objects.create(
        structure=structure, nom="ALSH Mercredi", heure_debut="08:00", heure_fin="18:00"
    )
    for foyer, jours in ((dupont, Jours.MERCREDI), (martin, AUCUN_JOUR)):
        Inscription.objects.inscrire(
            foyer.enfants[0], prestation, foyer.famille, du=date(2014, 9, 1), jours=jours, par=agent
        )
    return prestation


@pytest.mark.time_machine(date(2015, 4, 1))
def test_les_familles_d_une_structure(prestation, dupont, martin, agent):
    autre = Structure.objects.create(nom="Garderie")
    assert set(preparer(agent, "structure", structure=str(prestation.structure_id)).familles()) == {
        dupont.famille,
        martin.famille,
    }
    assert not preparer(agent, "structure", structure=str(autre.pk)).familles()


@pytest.mark.parametrize(("jour", "attendues"), [("2015-04-08", 1), ("2015-04-09", 0)])
def test_les_familles_qui_ont_reserve_ce_jour(prestation, dupont, agent, jour, attendues):
    envoi = preparer(agent, "prestation", prestation=str(prestation.pk), du=jour)
    assert list(envoi.familles()) == [dupont.famille][:attendues]


def test_une_periode_se_resume(prestation):
    choix = Destinataires.sortes["prestation"]({"prestation": prestation.pk, "du": "2015-04-08", "au": "2015-04-10"})
    assert choix.is_valid()
    assert choix.resume() == ("Les familles qui ont réservé «\u00a0ALSH Mercredi\u00a0» du 08/04/2015 au 10/04/2015")
