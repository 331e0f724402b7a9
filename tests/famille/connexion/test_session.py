"""The idle limit: a session ends by itself, unless one reads or asks to stay."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.fabriques import MOT_DE_PASSE

UN_MATIN = datetime(2015, 4, 8, 7, 30, tzinfo=UTC)


@pytest.fixture
def horloge():
    with time_machine.travel(UN_MATIN, tick=False) as horloge:
        yield horloge


@pytest.fixture
def entre(client, dupont, horloge):
    """Jean DUPONT has just come in."""
    client.force_login(dupont.compte)
    client.get("/mon-compte/")
    return client


def _ecritures(client, adresse: str, methode: str = "get") -> list[str]:
    with CaptureQueriesContext(connection) as requetes:
        getattr(client, methode)(adresse)
    return [r["sql"] for r in requetes if r["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_une_session_oubliee_finit_apres_une_demi_heure(entre, horloge):
    horloge.shift(timedelta(minutes=30, seconds=1))
    assert entre.get("/mon-compte/").url == "/connexion/?next=/mon-compte/"


@pytest.mark.parametrize(
    ("origine", "suite"),
    [
        ("http://testserver/messages/nouveau/?objet=go%C3%BBter", "/messages/nouveau/%3Fobjet%3Dgo%25C3%25BBter"),
        ("https://evil.example/mon-compte/", ""),
        ("", ""),
    ],
)
def test_un_envoi_apres_la_fin_ramene_a_la_page_ou_il_s_ecrivait(entre, horloge, origine, suite):
    horloge.shift(timedelta(minutes=31))
    reponse = entre.post("/session/", headers={"Referer": origine, "Accept": "text/html"})
    assert reponse.url == f"/connexion/?next={suite}"
    page = entre.get(reponse.url).content.decode()
    assert "ce que vous venez d’envoyer n’est pas enregistré" in page


def test_aucun_script_ne_lit_ce_qui_tient_une_session(client, dupont, settings):
    assert settings.SESSION_COOKIE_HTTPONLY is settings.CSRF_COOKIE_HTTPONLY is True
    client.get("/connexion/")
    client.post("/connexion/", {"username": dupont.compte.identifiant, "password": MOT_DE_PASSE})
    lus = {nom: cookie["httponly"] for nom, cookie in client.cookies.items()}
    assert lus == {settings.SESSION_COOKIE_NAME: True, settings.CSRF_COOKIE_NAME: True}


def test_un_script_qui_arrive_apres_la_fin_ne_laisse_pas_de_message(entre, horloge):
    horloge.shift(timedelta(minutes=31))
    assert entre.post("/session/", headers={"Accept": "*/*"}).url == "/connexion/?next="
    assert "pas enregistré" not in entre.get("/connexion/").content.decode()


def test_une_session_d_une_horloge_en_avance_finit_aussi_apres_une_demi_heure(entre, horloge):
    """The clock was a day ahead when it was opened, and is put back."""
    horloge.shift(timedelta(days=-1))
    entre.get("/mon-compte/")
    horloge.shift(timedelta(minutes=30, seconds=1))
    assert entre.get("/mon-compte/").url == "/connexion/?next=/mon-compte/"


def test_une_session_tient_tant_qu_on_lit(entre, horloge):
    for _ in range(4):
        horloge.shift(timedelta(minutes=29))
        assert entre.get("/mon-compte/").status_code == 200


def test_la_limite_est_un_reglage(entre, horloge, settings):
    settings.SESSION_INACTIVITE_MAX = 5 * 60
    horloge.shift(timedelta(minutes=2))
    entre.get("/mon-compte/")
    horloge.shift(timedelta(minutes=5, seconds=1))
    assert entre.get("/mon-compte/").status_code == 302


def test_lire_n_ecrit_la_session_qu_une_fois_par_minute(entre, horloge):
    assert _ecritures(entre, "/mon-compte/") == []
    horloge.shift(timedelta(seconds=59))
    assert _ecritures(entre, "/mon-compte/") == []
    horloge.shift(timedelta(seconds=1))
    [ecriture] = _ecritures(entre, "/mon-compte/")
    assert '"django_session"' in ecriture
    assert _ecritures(entre, "/mon-compte/") == []


def test_rester_connecte_prolonge_la_session(entre, horloge):
    horloge.shift(timedelta(seconds=30))
    assert entre.post("/session/").status_code == 204
    horloge.shift(timedelta(minutes=29, seconds=59))
    assert entre.get("/mon-compte/").status_code == 200


def test_rester_connecte_ne_se_demande_pas_par_un_lien(entre):
    assert entre.get("/session/").status_code == 405


def test_un_visiteur_n_a_pas_de_session(client, db):
    assert _ecritures(client, "/accessibilite/") == []
    assert "portail_session" not in client.cookies


def test_l_ordinateur_ne_garde_aucune_page_de_qui_est_entre(entre):
    assert set(entre.get("/mon-compte/").headers["Cache-Control"].split(", ")) >= {"private", "no-store"}


def test_qui_n_est_pas_entre_lit_des_pages_qui_se_gardent(client, db):
    assert "Cache-Control" not in client.get("/accessibilite/").headers
