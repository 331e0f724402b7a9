"""The accounts: the direction makes agents and gives temporary passwords, and cannot make itself more than it is."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from famille.models import Compte
from socle.octroi.table import ACCUEIL
from tests import fabriques

pytestmark = pytest.mark.django_db

AJOUT = "admin:famille_compte_add"


def fiche(compte: Compte) -> str:
    return reverse("admin:famille_compte_change", args=[compte.pk])


def mot_de_passe(compte: Compte) -> str:
    return reverse("admin:auth_user_password_change", args=[compte.pk])


@pytest.fixture
def direction(client, directrice):
    client.force_login(directrice)
    return client


def test_un_nouvel_agent_recoit_un_mot_de_passe_provisoire(direction):
    accueil = Group.objects.get(name=ACCUEIL)

    reponse = direction.post(
        reverse(AJOUT),
        {
            "identifiant": "Zoe",
            "prenom": "Zoé",
            "nom": "MAIRIE",
            "groups": [accueil.pk],
            "password1": "Marmotte12",
            "password2": "Marmotte12",
        },
    )

    assert reponse.status_code == 302, reponse.context["errors"]
    zoe = Compte.objects.get(identifiant="zoe")
    assert (zoe.is_staff, list(zoe.groups.all())) == (True, [accueil])
    assert zoe.check_password("Marmotte12")
    assert zoe.doit_changer_de_mot_de_passe


def test_un_mot_de_passe_trop_simple_est_refuse_et_le_formulaire_revient_rempli(direction):
    reponse = direction.post(reverse(AJOUT), {"identifiant": "zoe", "password1": "zoe", "password2": "zoe"})

    page = reponse.content.decode()
    assert 'value="zoe"' in page
    assert "Il doit compter au moins 8 caractères." in page.replace("\xa0", " ")
    assert not Compte.objects.filter(identifiant="zoe").exists()


def test_un_identifiant_deja_pris_est_refuse_quelle_que_soit_la_casse(direction, agent):
    champs = {"identifiant": "AGENT", "password1": "Marmotte12", "password2": "Marmotte12"}

    assert "Cet identifiant est déjà pris." in direction.post(reverse(AJOUT), champs).content.decode()


def test_changer_le_mot_de_passe_d_un_agent_le_rend_provisoire(direction, agent):
    reponse = direction.post(mot_de_passe(agent), {"password1": "Marmotte12", "password2": "Marmotte12"})

    assert reponse.status_code == 302
    agent.refresh_from_db()
    assert agent.check_password("Marmotte12")
    assert agent.doit_changer_de_mot_de_passe


def test_aucune_page_ne_montre_un_mot_de_passe_ni_son_empreinte(direction, agent):
    pages = direction.get(fiche(agent)).content.decode() + direction.get(mot_de_passe(agent)).content.decode()

    assert "argon2" not in pages
    assert agent.password not in pages


def test_la_direction_ne_se_nomme_pas_superutilisatrice(direction, directrice):
    direction.post(
        fiche(directrice),
        {"identifiant": "directrice", "is_active": "on", "is_staff": "on", "is_superuser": "on", "nom": "MAIRE"},
    )

    directrice.refresh_from_db()
    assert (directrice.nom, directrice.is_superuser) == ("MAIRE", False)


def test_la_direction_ne_touche_pas_a_un_superutilisateur(direction):
    informatique = fabriques.CompteFactory(identifiant="informatique", is_staff=True, is_superuser=True)

    assert direction.post(fiche(informatique), {"identifiant": "informatique"}).status_code == 403
    champs = {"password1": "Marmotte12", "password2": "Marmotte12"}
    assert direction.post(mot_de_passe(informatique), champs).status_code == 403
    informatique.refresh_from_db()
    assert informatique.check_password(fabriques.MOT_DE_PASSE)


@pytest.mark.parametrize("qui", ["agent", "animateur", "regisseur"])
def test_les_autres_agents_n_y_entrent_pas(request, client, qui, directrice):
    client.force_login(request.getfixturevalue(qui))

    for adresse in [fiche(directrice), mot_de_passe(directrice), reverse(AJOUT)]:
        assert client.get(adresse).status_code == 403
        assert client.post(adresse, {"password1": "Marmotte12", "password2": "Marmotte12"}).status_code == 403


def test_un_compte_se_trouve_par_le_numero_de_la_famille(direction, dupont, martin):
    page = direction.get(reverse("admin:famille_compte_changelist"), {"q": "1001001818331"})

    assert list(page.context["cl"].result_list) == [dupont.compte]
