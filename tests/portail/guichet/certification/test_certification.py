"""What agents see of certifications: the date and its numbers, who is awaited, the paper that a famille brings."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from famille.models import Certification, DateDeCertification
from planning.models import Derogation
from tests.planning.places.outils import inscrire
from tests.portail.guichet.famille.conftest import accueil, alsh, calendrier_2015, jeudi_2_avril, lea, mercredi
from tests.portail.guichet.famille.outils import MERCREDI, confirmer, demander, page, phrases, question

__all__ = ["accueil", "alsh", "calendrier_2015", "jeudi_2_avril", "lea", "mercredi"]
pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
ECRAN = "/admin/guichet/certification/"


@pytest.fixture
def direction(directrice) -> Client:
    client = Client()
    client.force_login(directrice)
    return client


@pytest.fixture
def demandee(directrice) -> DateDeCertification:
    return DateDeCertification.objects.redemander(date(2015, 4, 1), par=directrice)


def test_la_direction_fixe_la_date_apres_en_avoir_lu_les_nombres(direction, directrice, lea):
    demande = direction.post(ECRAN, {"le": "2015-04-01"})
    assert question(demande)[1].startswith("1 famille ne pourra plus réserver avant de l’avoir fait.")
    assert not DateDeCertification.objects.exists()
    fait = confirmer(direction, demande)
    assert phrases(fait) == ["Les dossiers sont à certifier à partir du mercredi 1er avril 2015."]
    assert [(une.le, une.par) for une in DateDeCertification.objects.all()] == [(date(2015, 4, 1), directrice)]
    assert LogEntry.objects.get().change_message == "Date de certification\u00a0: 01/04/2015."
    assert "Cette date est déjà fixée" in direction.post(ECRAN, {"le": "2015-04-01"}).content.decode()
    assert direction.post(ECRAN, {"le": "hier"}).status_code == 422


def test_une_date_a_venir_se_retire_une_date_passee_est_de_l_histoire(direction, directrice, demandee):
    plus_tard = DateDeCertification.objects.redemander(date(2015, 9, 1), par=directrice)
    direction.post(ECRAN, {"retirer": plus_tard.pk})
    assert direction.post(ECRAN, {"retirer": demandee.pk}).status_code == 404
    assert [une.le for une in DateDeCertification.objects.all()] == [date(2015, 4, 1)]


def test_l_ecran_compte_et_nomme_celles_qui_ont_quelque_chose_a_reserver(accueil, lea, martin, demandee):
    html = accueil.get(ECRAN).content.decode()
    assert "DUPONT" in html
    # No child of the MARTINs comes to anything.
    assert "MARTIN" not in html
    compte = accueil.get(ECRAN).context["compte"]
    assert (compte.total, compte.restent, compte.faites) == (1, 1, 0)


def test_chaque_groupe_n_y_fait_que_ce_qu_il_peut(accueil, animateur, regisseur, lea, demandee):
    assert accueil.get(ECRAN).context["form"] is None
    assert accueil.post(ECRAN, {"le": "2015-09-01"}).status_code == 403
    assert accueil.post(ECRAN, {"retirer": demandee.pk}).status_code == 403
    for compte in (animateur, regisseur):
        client = Client()
        client.force_login(compte)
        assert client.get(ECRAN).status_code == 403
        assert client.get(page(lea.famille, "guichet_famille_certification")).status_code == 403
        assert "certification" not in client.get(page(lea.famille)).content.decode()


def test_le_papier_recu_certifie_et_se_lit_sur_le_dossier(accueil, agent, lea, demandee):
    dossier = page(lea.famille)
    assert "Dossier à certifier" in accueil.get(dossier).content.decode()
    adresse = page(lea.famille, "guichet_famille_certification")
    assert accueil.get(adresse).status_code == 200
    assert accueil.post(adresse, {"precision": " "}).status_code == 422
    for _ in range(2):
        accueil.post(adresse, {"precision": "Formulaire signé du 2 avril"})
    [faite] = Certification.objects.all()
    assert (faite.par, faite.sur_papier, faite.precision) == (agent, True, "Formulaire signé du 2 avril")
    html = accueil.get(dossier).content.decode()
    assert "Dossier certifié le 02/04/2015 par" in html
    assert "au guichet" in html
    historique = accueil.get(page(lea.famille, "guichet_famille_historique")).content.decode()
    assert "Dossier certifié au guichet" in historique
    assert "Ce dossier n’est pas à certifier" in accueil.get(adresse).content.decode()


def test_le_tableau_de_bord_compte_celles_qui_restent(accueil, lea, demandee):
    html = accueil.get("/admin/").content.decode()
    assert "dossier à certifier" in html
    assert f'href="{reverse("admin:guichet_certification")}"' in html


def test_au_planning_d_une_famille_l_agent_deroge(accueil, lea, demandee):
    demande = demander(accueil, lea, "reserver", MERCREDI)
    assert "Dossier incomplet : mercredi 8 avril (ALSH Mercredi journée)." in question(demande)
    confirmer(accueil, demande, derogation="Le père passe signer demain")
    assert [une.sorte for une in Derogation.objects.all()] == ["dossier"]


def test_les_requetes_ne_grandissent_pas(accueil, agent, mercredi, lea, demandee):
    def compter(adresse: str) -> int:
        with CaptureQueriesContext(connection) as captees:
            accueil.get(adresse)
        return len(captees)

    accueil.get(ECRAN)
    avant = compter(ECRAN)
    inscrire(mercredi, 8, agent)
    assert compter(ECRAN) == avant <= 15
    assert compter(page(lea.famille)) <= 15
