"""Who asks for a page: the account, its famille, and what is for parents only."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from famille.connexion.requete import compte_de
from tests.fabriques import CompteFactory


def test_le_compte_sa_session_et_sa_famille_coutent_deux_requetes(client, dupont):
    client.force_login(dupont.compte)
    client.get("/mon-compte/")
    with CaptureQueriesContext(connection) as requetes:
        client.get("/releve/")
    de_la_page = ('SELECT "django_session"', 'SELECT "famille_compte"', 'SELECT "famille_responsable"')
    assert len([r for r in requetes if r["sql"].startswith(de_la_page)]) == 2


def test_un_compte_sans_dossier_est_refuse_avec_une_phrase(client, dupont):
    dupont.titulaire.compte = None
    dupont.titulaire.save()
    client.force_login(dupont.compte)
    reponse = client.get("/mon-compte/")
    assert reponse.status_code == 403
    assert "Votre compte n’est rattaché à aucun dossier. Contactez le centre." in reponse.content.decode()


def test_un_agent_est_mene_a_son_administration(client, agent):
    client.force_login(agent)
    assert client.get("/mon-compte/").url == "/admin/"


def test_le_conjoint_lit_le_meme_dossier(client, dupont):
    dupont.conjoint.compte = CompteFactory(identifiant="jeanne")
    dupont.conjoint.save()
    client.force_login(dupont.conjoint.compte)
    page = client.get("/mon-compte/").content.decode()
    assert "1001001818331" in page
    assert "JEANNE DUPONT" in page


def test_un_compte_que_l_on_ferme_sort_aussitot(client, dupont):
    client.force_login(dupont.compte)
    assert client.get("/mon-compte/").status_code == 200
    type(dupont.compte).objects.filter(pk=dupont.compte.pk).update(is_active=False)
    assert client.get("/mon-compte/").url == "/connexion/?next=/mon-compte/"


def test_un_visiteur_n_est_l_auteur_de_rien(rf):
    requete = rf.get("/")
    requete.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        compte_de(requete)
