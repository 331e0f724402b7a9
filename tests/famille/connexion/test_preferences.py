"""How a parent is told: asked at the first login, changed whenever they like."""

import pytest
from django.urls import reverse

from famille.models import Responsable
from tests.fabriques import MOT_DE_PASSE

pytestmark = pytest.mark.django_db
PREFERENCES = reverse("famille:preferences")
PORTE = reverse("famille:connexion")


@pytest.mark.parametrize(("coches", "retenu"), [({"courriel": "on"}, (True, False)), ({}, (False, False))])
def test_a_la_premiere_connexion_on_demande_et_l_on_retient(client, nouveau, coches, retenu):
    nouveau.compte.adopter_mot_de_passe(MOT_DE_PASSE)
    entree = client.post(PORTE, {"username": "nouveau", "password": MOT_DE_PASSE})
    assert entree.url == PREFERENCES
    assert client.post(PREFERENCES, coches).url == "/"
    noe = Responsable.objects.get(pk=nouveau.titulaire.pk)
    assert (noe.autorisation_courriel, noe.autorisation_sms) == retenu
    client.logout()
    assert client.post(PORTE, {"username": "nouveau", "password": MOT_DE_PASSE}).url == "/"


def test_qui_a_deja_choisi_arrive_a_l_accueil(client, dupont):
    assert client.post(PORTE, {"username": "dupont", "password": MOT_DE_PASSE}).url == "/"


def test_chacun_choisit_pour_soi(client, dupont, martin):
    client.force_login(martin.compte)
    client.post(PREFERENCES, {"courriel": "on"})
    martin.titulaire.refresh_from_db()
    assert martin.titulaire.autorisation_courriel
    client.force_login(dupont.compte)
    client.post(PREFERENCES, {})
    dupont.titulaire.refresh_from_db()
    dupont.conjoint.refresh_from_db()
    martin.titulaire.refresh_from_db()
    choix = [r.autorisation_courriel for r in (dupont.titulaire, dupont.conjoint, martin.titulaire)]
    assert choix == [False, True, True]


def test_la_page_dit_ou_l_on_est_prevenu(client, dupont):
    client.force_login(dupont.compte)
    assert "jean.dupont@wanadoo.fr" in client.get(PREFERENCES).content.decode()
