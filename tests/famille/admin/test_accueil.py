"""What each group finds on the agents' first page, and the door by which one comes in and goes out."""

import pytest
from django.urls import reverse

from famille.models import Famille

pytestmark = pytest.mark.django_db

DOSSIER = {"Familles", "Responsables", "Enfants", "Écoles"}
PIECES = {"Pièces demandées"}
ARGENT = {"Informations CAF", "Quotients familiaux", "Informations fiscales"}


def rubriques(client) -> set[str]:
    """What the index offers of the familles."""
    apps = client.get("/admin/").context["available_apps"]
    return {modele["name"] for app in apps if app["app_label"] == "famille" for modele in app["models"]}


class TestAccueilDeLAdministration:
    @pytest.mark.parametrize(
        ("qui", "attendu"),
        [
            ("agent", DOSSIER | PIECES | ARGENT),
            ("animateur", DOSSIER | {"Fiches sanitaires"}),
            ("regisseur", DOSSIER | ARGENT | {"Informations bancaires"}),
            (
                "directrice",
                DOSSIER
                | PIECES
                | ARGENT
                | {"Informations bancaires", "Fiches sanitaires", "Lectures de données confidentielles", "Comptes"},
            ),
            ("agent_sans_droit", set()),
        ],
    )
    def test_chaque_groupe_n_y_trouve_que_ce_qui_est_a_lui(self, request, client, qui, attendu):
        client.force_login(request.getfixturevalue(qui))

        assert rubriques(client) == attendu

    def test_il_porte_le_nom_de_la_commune(self, client, agent, settings):
        client.force_login(agent)

        assert f"Portail famille – {settings.COMMUNE_NOM}" in client.get("/admin/").content.decode()

    def test_un_parent_n_y_entre_pas(self, client, dupont):
        client.force_login(dupont.compte)

        assert client.get("/admin/").status_code == 403
        assert client.get(reverse("admin:famille_famille_changelist")).status_code == 403

    def test_un_visiteur_passe_par_la_porte_du_portail(self, client, db):
        etapes = client.get("/admin/", follow=True).redirect_chain

        assert etapes[-1] == ("/connexion/?next=/admin/", 302)

    def test_on_en_sort_par_la_porte_du_portail(self, client, agent):
        client.force_login(agent)

        page = client.get("/admin/").content.decode()

        assert 'action="/deconnexion/"' in page
        assert 'href="/mot-de-passe/changement/"' in page
        assert client.get("/admin/password_change/").headers["Location"] == "/mot-de-passe/changement/"

    def test_sortir_se_fait_par_post(self, client, agent):
        client.force_login(agent)

        assert client.get("/admin/logout/").status_code == 405
        assert client.get("/admin/").status_code == 200
        client.post("/admin/logout/")
        assert client.get("/admin/").status_code == 302

    def test_rien_ne_se_supprime_par_dizaines(self, client, directrice, dupont):
        client.force_login(directrice)

        client.post(
            reverse("admin:famille_famille_changelist"),
            {"action": "delete_selected", "_selected_action": [dupont.famille.pk], "post": "yes"},
        )

        assert Famille.objects.filter(pk=dupont.famille.pk).exists()
