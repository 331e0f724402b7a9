"""The head of each page: who reads, which day, and where they may go."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portail import context_processors
from portail.navigation import ENTREES_AGENT, ENTREES_FAMILLE

GUIDE = [
    "Accueil",
    "Mon compte",
    "Mes enfants",
    "Relevé de compte",
    "Boîte de réception",
    "Liste des demandes",
]


def _titres(client: Client, nom: str) -> list[str]:
    return [lien.entree.titre for lien in client.get(reverse(nom)).context["liens"]]


def _courants(client: Client, chemin: str) -> list[str]:
    return [lien.entree.titre for lien in client.get(chemin).context["liens"] if lien.courant]


def test_un_parent_est_salue_comme_dans_le_guide(client, dupont):
    client.force_login(dupont.compte)
    with time_machine.travel(datetime(2015, 4, 8, 10, tzinfo=ZoneInfo("Europe/Paris")), tick=False):
        page = client.get("/mon-compte/").content.decode()
    assert "Bienvenue <strong>JEAN DUPONT</strong>, <span data-nouveaux>vous n’avez" in page
    assert "aucun nouveau message</a>" in page
    assert '<time datetime="2015-04-08">mercredi 8 avril 2015</time>' in page


@pytest.mark.parametrize(
    ("nombre", "attendu"),
    [
        (0, "vous n’avez aucun nouveau message"),
        (1, "vous avez 1\u00a0nouveau message"),
        (2, "vous avez 2\u00a0nouveaux messages"),
    ],
)
def test_les_nouveaux_messages_s_accordent(rf, dupont, monkeypatch, nombre, attendu):
    monkeypatch.setattr(context_processors, "nouveaux_messages", lambda request: nombre)
    entete = context_processors.entete(rf.get("/"))
    assert f"{entete['vous_avez']} {entete['nouveaux_messages']}" == attendu


def test_un_parent_a_les_entrees_du_guide_dans_son_ordre(client, dupont):
    client.force_login(dupont.compte)
    assert _titres(client, "accueil") == GUIDE
    assert f'<form action="{reverse("famille:deconnexion")}" method="post">' in client.get("/").content.decode()


def test_chaque_entree_est_courante_sur_ses_pages_et_seulement_elle(client, dupont):
    client.force_login(dupont.compte)
    for entree in ENTREES_FAMILLE:
        assert _courants(client, reverse(entree.adresse)) == [entree.titre]
    assert _courants(client, reverse("famille:enfant", args=[dupont.enfants[0].pk])) == ["Mes enfants"]
    assert _courants(client, reverse("famille:mot_de_passe_changement")) == ["Mon compte"]
    assert _courants(client, reverse("mentions_legales")) == []


def test_un_agent_a_l_administration_et_rien_d_une_famille(client, agent):
    client.force_login(agent)
    assert _titres(client, "mentions_legales") == ["Administration"]
    page = client.get(reverse("mentions_legales")).content.decode()
    assert "Bienvenue <strong>Alice MAIRIE</strong>" in page
    assert "nouveau message" not in page


def test_un_agent_qui_est_aussi_parent_a_les_deux(client, dupont):
    dupont.compte.is_staff = True
    dupont.compte.save()
    client.force_login(dupont.compte)
    assert _titres(client, "accueil") == GUIDE + [entree.titre for entree in ENTREES_AGENT]


def test_un_visiteur_n_a_pas_d_entree(client, db):
    page = client.get(reverse("famille:connexion"))
    assert page.context["liens"] == ()
    assert "Déconnexion" not in page.content.decode()


def test_qui_doit_changer_son_mot_de_passe_ne_peut_que_se_deconnecter(client, nouveau):
    client.force_login(nouveau.compte)
    page = client.get(reverse("famille:mot_de_passe_changement"))
    assert page.context["liens"] == ()
    assert "Déconnexion" in page.content.decode()
    for entree in ENTREES_FAMILLE[1:]:
        assert f'href="{reverse(entree.adresse)}"' not in page.content.decode()


def test_l_entete_ne_coute_aucune_requete(client, dupont):
    client.force_login(dupont.compte)
    client.get(reverse("mentions_legales"))
    with CaptureQueriesContext(connection) as requetes:
        client.get(reverse("mentions_legales"))
    # The session; the account with its responsable, its famille and the count of new messages.
    assert len(requetes) == 2
