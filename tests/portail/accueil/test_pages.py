"""Pages of the shell: health check, error pages, security headers."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.test import Client
from django.urls import reverse

PUBLIQUES = ["accessibilite", "mentions_legales", "donnees_personnelles", "famille:connexion"]


def _sante(client: Client) -> tuple[int, bytes, str]:
    reponse = client.get("/sante/")
    return reponse.status_code, reponse.content, reponse.headers["Content-Type"]


def test_la_sante_est_bonne_quand_la_base_repond(client, db):
    assert _sante(client) == (200, b"ok", "text/plain")


@pytest.mark.django_db(transaction=True)
def test_la_sante_est_mauvaise_quand_la_base_ne_repond_plus(client):
    """The connection is cut, and no other can be opened."""
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    connection.settings_dict["OPTIONS"] = options | {"hostaddr": "127.0.0.1", "port": 1}
    try:
        assert _sante(client) == (503, b"indisponible", "text/plain")
    finally:
        connection.settings_dict["OPTIONS"] = options
        connection.close()
    assert _sante(client)[0] == 200


def test_la_sante_n_ouvre_pas_de_session(client, db):
    assert client.get("/sante/").cookies == {}


@pytest.mark.parametrize("nom", PUBLIQUES)
def test_un_visiteur_lit_les_pages_publiques(client, db, nom):
    assert client.get(reverse(nom)).status_code == 200


def test_une_adresse_inconnue_a_une_page_du_portail(client, db):
    reponse = client.get("/nulle-part/")
    assert reponse.status_code == 404
    assert "Cette page n’existe pas" in reponse.content.decode()


def test_une_panne_a_une_page_du_portail_sans_la_base(monkeypatch):
    """No database here: this page may not ask for one."""
    from portail import views

    def en_panne(self, **kwargs):
        raise RuntimeError("panne")

    monkeypatch.setattr(views.MentionsLegales, "get_context_data", en_panne)
    reponse = Client(raise_request_exception=False).get("/mentions-legales/")
    assert reponse.status_code == 500
    assert "Le portail a rencontré une panne" in reponse.content.decode()
    assert "panne\n" not in reponse.content.decode()


def test_une_demande_incomprehensible_a_une_page_du_portail(monkeypatch):
    from portail import views

    def suspecte(self, **kwargs):
        raise SuspiciousOperation("secret")

    monkeypatch.setattr(views.MentionsLegales, "get_context_data", suspecte)
    page = Client().get("/mentions-legales/")
    assert page.status_code == 400
    assert "Le portail n’a pas compris cette demande" in page.content.decode()
    assert "secret" not in page.content.decode()


def test_un_envoi_sans_jeton_a_une_page_du_portail(db):
    reponse = Client(enforce_csrf_checks=True).post("/connexion/", {"username": "dupont", "password": "x"})
    assert reponse.status_code == 403
    assert "Cette page est restée ouverte trop longtemps" in reponse.content.decode()


def test_chaque_page_porte_ses_entetes_de_securite(client, db):
    entetes = client.get("/connexion/").headers
    directives = dict(d.strip().split(" ", 1) for d in entetes["Content-Security-Policy"].split(";"))
    assert directives["default-src"] == "'self'"
    assert directives["object-src"] == directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert "unsafe" not in entetes["Content-Security-Policy"]
    assert entetes["X-Frame-Options"] == "DENY"
    assert entetes["X-Content-Type-Options"] == "nosniff"
    assert entetes["Referrer-Policy"] == "same-origin"


def test_l_ordinateur_ne_garde_aucune_page_d_un_dossier(client, dupont):
    client.force_login(dupont.compte)
    assert client.get("/mon-compte/").headers["Cache-Control"] == "private, no-store"


def test_une_page_publique_se_garde(client, db):
    assert "Cache-Control" not in client.get("/accessibilite/").headers
