"""Changing one's password: forced at the first login, free afterwards."""

import pytest
from django.test import Client
from django.urls import reverse

from famille.models import Compte, Ecole
from tests.fabriques import MOT_DE_PASSE, CompteFactory

CHANGEMENT = reverse("famille:mot_de_passe_changement")
CHOISI = "Bonbons2015"


def _changer(client, actuel: str, nouveau: str = CHOISI, encore: str | None = None):
    champs = {"old_password": actuel, "new_password1": nouveau, "new_password2": encore or nouveau}
    return client.post(CHANGEMENT, champs)


@pytest.fixture
def agent_provisoire(db) -> Compte:
    """An agent with every right, who has not changed the temporary password yet."""
    compte = CompteFactory(identifiant="direction", is_staff=True, is_superuser=True)
    compte.rendre_provisoire("Provisoire1")
    return compte


def test_le_nouveau_ne_trouve_que_le_changement(client, nouveau):
    reponse = client.post(reverse("famille:connexion"), {"username": "nouveau", "password": "Provisoire1"}, follow=True)
    assert reponse.redirect_chain == [("/", 302), (CHANGEMENT, 302)]
    assert reponse.context["obligatoire"] is True


def test_aucune_vue_ne_s_execute_avant_le_changement(client, agent_provisoire):
    """The same POST makes a school for an agent who has changed the password."""
    client.force_login(agent_provisoire)
    ajout, ecole = reverse("admin:famille_ecole_add"), {"nom": "École Intruse"}
    reponse = client.post(ajout, ecole)
    assert (reponse.status_code, reponse.url) == (302, CHANGEMENT)
    assert not Ecole.objects.exists()
    agent_provisoire.adopter_mot_de_passe(CHOISI)
    client.force_login(agent_provisoire)
    client.post(ajout, ecole)
    assert Ecole.objects.get().nom == "École Intruse"


def test_apres_le_changement_tout_s_ouvre(client, nouveau):
    client.force_login(nouveau.compte)
    reponse = _changer(client, "Provisoire1")
    assert (reponse.status_code, reponse.url) == (302, reverse("famille:preferences"))
    assert client.get("/").status_code == 200
    nouveau.compte.refresh_from_db()
    assert nouveau.compte.check_password(CHOISI)
    assert nouveau.compte.provisoire_jusqu_au is None


def test_un_agent_arrive_ensuite_a_l_administration(client, agent_provisoire):
    client.force_login(agent_provisoire)
    assert _changer(client, "Provisoire1").url == "/admin/"


@pytest.mark.parametrize(
    ("actuel", "choisi", "encore", "champ"),
    [
        ("Faux12345", CHOISI, CHOISI, "old_password"),
        ("Provisoire1", "abc", "abc", "new_password1"),
        ("Provisoire1", CHOISI, "Bonbons2016", "new_password2"),
        ("Provisoire1", "Provisoire1", "Provisoire1", "new_password1"),
    ],
)
def test_un_changement_refuse_dit_quel_champ_corriger(client, nouveau, actuel, choisi, encore, champ):
    client.force_login(nouveau.compte)
    reponse = _changer(client, actuel, choisi, encore)
    assert reponse.status_code == 200
    assert list(reponse.context["form"].errors) == [champ]
    nouveau.compte.refresh_from_db()
    assert nouveau.compte.doit_changer_de_mot_de_passe


def test_un_mot_de_passe_actuel_faux_se_dit_comme_on_l_a_recu(client, nouveau, dupont):
    client.force_login(nouveau.compte)
    erreurs = _changer(client, "Faux12345").context["form"].errors
    assert erreurs["old_password"] == ["Ce n’est pas le mot de passe de votre courrier. Attention aux majuscules."]
    client.force_login(dupont.compte)
    erreurs = _changer(client, "Faux12345").context["form"].errors
    assert erreurs["old_password"] == ["Ce n’est pas votre mot de passe actuel. Attention aux majuscules."]


def test_garder_le_provisoire_est_refuse(client, nouveau):
    client.force_login(nouveau.compte)
    erreurs = _changer(client, "Provisoire1", "Provisoire1").context["form"].errors
    assert erreurs["new_password1"] == ["Choisissez un mot de passe différent de l’actuel."]


def test_on_change_quand_on_veut(client, dupont):
    client.force_login(dupont.compte)
    assert client.get(CHANGEMENT).context["obligatoire"] is False
    assert _changer(client, MOT_DE_PASSE).url == "/"
    assert client.get("/").status_code == 200


def test_changer_ferme_les_autres_sessions(client, dupont):
    ailleurs = Client()
    for navigateur in (client, ailleurs):
        navigateur.force_login(dupont.compte)
    _changer(client, MOT_DE_PASSE)
    assert client.get("/mon-compte/").status_code == 200
    assert ailleurs.get("/mon-compte/").status_code == 302


def test_le_mot_de_passe_actuel_se_devine_aussi_mal_qu_a_la_porte(client, dupont):
    """Twenty-five guesses in an open session: the fifth locks, and the right one no longer helps."""
    client.force_login(dupont.compte)
    essais = [_changer(client, f"Faux1234{n}").status_code for n in range(25)]
    assert essais == [200] * 4 + [429] * 21
    assert _changer(client, MOT_DE_PASSE).status_code == 429
    dupont.compte.refresh_from_db()
    assert dupont.compte.check_password(MOT_DE_PASSE)
