"""« Les agents »: one is invited by e-mail and chooses a password; another's account is closed; never one's own."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client

from courriels.models import Courriel
from famille.models import Compte
from tests.fabriques import CompteFactory

ADRESSE = "/admin/guichet/reglages/agents/"


@pytest.fixture
def direction(client: Client, directrice) -> Client:
    client.force_login(directrice)
    return client


def test_un_agent_invite_recoit_un_lien_et_les_droits_de_son_groupe(direction):
    accueil = Group.objects.get(name="Accueil")
    envoi = {"identifiant": "Zoe", "prenom": "Zoé", "nom": "MAIRIE", "email": "zoe@ville.example"}
    refuse = direction.post(f"{ADRESSE}nouveau/", envoi)
    assert "groups" in refuse.context["form"].errors
    page = direction.post(f"{ADRESSE}nouveau/", envoi | {"groups": [accueil.pk]}, follow=True).content.decode()
    zoe = Compte.objects.get(identifiant="zoe")
    assert "Zoé MAIRIE est invité" in page
    assert (zoe.is_staff, zoe.has_usable_password(), [*zoe.groups.all()]) == (True, False, [accueil])
    assert Courriel.objects.get().destinataire == "zoe@ville.example"
    assert LogEntry.objects.filter(object_id=zoe.pk, change_message="Invité par e-mail.").exists()


def test_la_liste_dit_qui_vient_et_les_gestes_passent_par_les_verbes_du_compte(direction, agent, directrice):
    page = direction.get(ADRESSE).content.decode()
    assert "jamais venu" in page
    assert "Accueil" in page
    direction.post(ADRESSE, {"agent": agent.pk, "geste": "fermer"})
    assert not Compte.objects.get(pk=agent.pk).is_active
    assert "Comptes fermés" in direction.get(ADRESSE).content.decode()
    direction.post(ADRESSE, {"agent": agent.pk, "geste": "rouvrir"})
    assert Compte.objects.get(pk=agent.pk).is_active


def test_nul_ne_ferme_son_compte_ni_celui_qui_a_tous_les_droits(direction, directrice, dupont):
    chef = CompteFactory(identifiant="chef", is_staff=True, is_superuser=True)
    for compte in (directrice, chef):
        assert direction.post(ADRESSE, {"agent": compte.pk, "geste": "fermer"}).status_code == 403
    assert direction.post(ADRESSE, {"agent": dupont.compte.pk, "geste": "fermer"}).status_code == 404


def test_quinze_requetes_au_plus_quel_que_soit_le_nombre(direction, django_assert_max_num_queries):
    for rang in range(20):
        CompteFactory(identifiant=f"agent{rang}", is_staff=True)
    with django_assert_max_num_queries(15):
        assert direction.get(ADRESSE).status_code == 200
