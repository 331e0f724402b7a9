"""A session is read by its key, as long as it lasts; what a view says of what is kept of its page stands."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.utils import timezone

from famille.connexion.session import SessionInactive
from famille.connexion.sessions import SessionStore

pytestmark = pytest.mark.django_db


def ouvrir(**contenu: object) -> str:
    session = SessionStore()
    session.update(contenu)
    session.save()
    return session.session_key


def test_chacun_lit_la_sienne():
    jean, sophie = ouvrir(qui="jean"), ouvrir(qui="sophie")
    assert (SessionStore(jean)["qui"], SessionStore(sophie)["qui"]) == ("jean", "sophie")


def test_une_session_finie_ou_inconnue_ne_donne_ni_son_contenu_ni_son_numero():
    """Whoever came with a number of their own would be let in by it later."""
    finie = ouvrir(qui="jean")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for cle in (finie, "x" * 32):
        session = SessionStore(cle)
        assert session.load() == {}
        assert session.session_key is None


def test_une_vue_qui_dit_ce_qui_se_garde_est_ecoutee(rf, dupont):
    requete = rf.get("/")
    requete.user, requete.session = dupont.compte, SessionStore()
    reponse = SessionInactive(lambda _: HttpResponse(headers={"Cache-Control": "private, max-age=60"}))(requete)
    assert reponse.headers["Cache-Control"] == "private, max-age=60"
