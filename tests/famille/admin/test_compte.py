"""The accounts: the direction makes agents and gives temporary passwords, and cannot make itself more than it is."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from famille.models import Authentificateur, Compte
from socle.octroi.table import ACCUEIL
from tests import fabriques
from tests.planning.admin.outils import confirmer, phrases

pytestmark = pytest.mark.django_db

AJOUT = "admin:famille_compte_add"


def fiche(compte: Compte) -> str:
    return reverse("admin:famille_compte_change", args=[compte.pk])


def suppression(compte: Compte) -> str:
    return reverse("admin:famille_compte_delete", args=[compte.pk])


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


@pytest.mark.parametrize(
    ("un", "deux", "phrase"),
    [("Marmotte12", "Marmotte13", "ne correspondent pas"), ("marmotte", "marmotte", "au moins")],
)
def test_un_mot_de_passe_mal_recopie_ou_trop_simple_ne_change_rien(direction, agent, un, deux, phrase):
    reponse = direction.post(mot_de_passe(agent), {"password1": un, "password2": deux})

    assert phrase in str(reponse.context["errors"]).replace("\xa0", " ")
    agent.refresh_from_db()
    assert agent.check_password(fabriques.MOT_DE_PASSE)


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


def test_qui_supprime_des_comptes_ne_supprime_pas_un_superutilisateur(client, directrice, agent):
    informatique = fabriques.CompteFactory(identifiant="informatique", is_staff=True, is_superuser=True)
    client.force_login(directrice)
    assert client.get(suppression(agent)).status_code == 403

    directrice.user_permissions.add(Permission.objects.get(codename="delete_compte"))
    assert client.get(suppression(agent)).status_code == 200
    assert client.get(suppression(informatique)).status_code == 403


def test_un_superutilisateur_en_corrige_un_autre_et_voit_les_droits_un_par_un(client):
    lui, autre = (fabriques.CompteFactory(identifiant=nom, is_staff=True, is_superuser=True) for nom in ("un", "deux"))
    client.force_login(lui)

    page = client.get(fiche(autre)).text
    assert "Droits étendus" in page
    assert re.search(r"enfants?\s: voir", page)
    assert "Droits étendus" not in client.get(reverse(AJOUT)).text
    envoi = {"identifiant": "deux", "nom": "INFORMATIQUE", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    assert client.post(fiche(autre), envoi).status_code == 302
    autre.refresh_from_db()
    assert autre.nom == "INFORMATIQUE"


@pytest.mark.parametrize("qui", ["agent", "animateur", "regisseur"])
def test_les_autres_agents_n_y_entrent_pas(request, client, qui, directrice):
    client.force_login(request.getfixturevalue(qui))

    for adresse in [fiche(directrice), mot_de_passe(directrice), reverse(AJOUT)]:
        assert client.get(adresse).status_code == 403
        assert client.post(adresse, {"password1": "Marmotte12", "password2": "Marmotte12"}).status_code == 403


def test_un_compte_se_trouve_par_le_numero_de_la_famille(direction, dupont, martin):
    page = direction.get(reverse("admin:famille_compte_changelist"), {"q": "1001001818331"})

    assert list(page.context["cl"].result_list) == [dupont.compte]


@pytest.mark.parametrize(
    ("cherche", "trouve"),
    [("alice", ["agent"]), ("mairie", ["agent", "directrice"]), ("agent", ["agent"]), ("sophie", ["martin"])],
)
def test_un_compte_se_trouve_par_son_identifiant_ou_par_un_nom(direction, agent, dupont, martin, cherche, trouve):
    page = direction.get(reverse("admin:famille_compte_changelist"), {"q": cherche})

    assert [compte.identifiant for compte in page.context["cl"].result_list] == trouve


@pytest.mark.parametrize("numero", ["tous", "1" * 5000])
def test_une_adresse_qui_n_est_celle_d_aucun_compte_ramene_a_l_accueil(direction, numero):
    assert direction.get(reverse("admin:famille_compte_change", args=[numero])).url == "/admin/"


def test_le_second_facteur_d_un_autre_se_retire_pas_le_sien_ni_celui_qu_il_n_a_pas(
    direction, directrice, agent, regisseur
):
    for compte in (directrice, agent):
        Authentificateur.preparer(compte)

    offert = ["Retirer le second facteur" in direction.get(fiche(c)).text for c in (directrice, agent, regisseur)]
    assert offert == [False, True, False]


def test_le_second_facteur_retire_est_dit(direction, agent):
    Authentificateur.preparer(agent)
    reponse = confirmer(direction, direction.get(reverse("admin:famille_compte_second_facteur", args=[agent.pk])))

    assert phrases(reponse) == ["Le second facteur de Alice MAIRIE est retiré."]
