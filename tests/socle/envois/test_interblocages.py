"""PostgreSQL undoes one of two transactions that wait for each other: what was asked is done again, thrice at most."""

import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe

from socle.envois.saisie import Saisie
from socle.envois.unique import UnSeulEnvoi, _empreinte, _prendre, _redire, _redire_les_phrases
from socle.models import FormulaireEnvoye

pytestmark = pytest.mark.django_db


class Interblocage(Exception):
    pgcode = "40P01"


class Coupure(Exception):
    pgcode = "57P01"


@pytest.fixture
def envoyer(rf):
    def envoyer(champs: dict | None = None, adresse: str = "/la/") -> HttpRequest:
        requete = rf.post(adresse, {} if champs is None else champs)
        requete.user, requete.session = AnonymousUser(), SessionStore()
        requete._messages = CookieStorage(requete)
        return requete

    return envoyer


def page(fois: int, cause: type[Exception]):
    """A view that PostgreSQL undoes so many times; it says each time what it does."""
    essais = []

    def vue(request: HttpRequest) -> HttpResponse:
        essais.append(1)
        messages.success(request, f"Essai {len(essais)}.")
        if len(essais) <= fois:
            raise OperationalError from cause()
        return HttpResponseRedirect("/fait/")

    vue.essais = essais
    return vue


def passer(requete: HttpRequest, vue) -> HttpResponse:
    return UnSeulEnvoi(lambda _: HttpResponse()).process_view(requete, vue, (), {})


@pytest.mark.parametrize("fois", [0, 1, 2])
def test_deux_fois_de_suite_ne_se_voient_pas(envoyer, fois):
    requete, vue = envoyer(), page(fois, Interblocage)
    messages.info(requete, "Déjà dit.")
    assert passer(requete, vue).url == "/fait/"
    assert [str(dit) for dit in messages.get_messages(requete)] == ["Déjà dit.", f"Essai {fois + 1}."]


def test_trois_fois_de_suite_se_disent(envoyer):
    vue = page(3, Interblocage)
    with pytest.raises(OperationalError):
        passer(envoyer(), vue)
    assert len(vue.essais) == 3


@pytest.mark.parametrize("cause", [Coupure, ValueError])
def test_une_autre_faute_ne_se_retente_pas(envoyer, cause):
    vue = page(1, cause)
    with pytest.raises(OperationalError):
        passer(envoyer(), vue)
    assert len(vue.essais) == 1


class TestEmpreinte:
    def test_elle_ne_tient_ni_a_l_ordre_des_champs_ni_au_jeton(self, envoyer):
        un = envoyer({"a": "1", "b": "2", "csrfmiddlewaretoken": "x"})
        autre = envoyer({"csrfmiddlewaretoken": "y", "b": "2", "a": "1"})
        assert _empreinte(un) == _empreinte(autre)
        assert _empreinte(un) != _empreinte(envoyer({"a": "1", "b": "3"}))

    def test_ni_a_celui_des_fichiers(self, envoyer):
        def fichiers(*noms: str) -> HttpRequest:
            return envoyer({nom: SimpleUploadedFile(f"{nom}.pdf", b"x") for nom in noms})

        assert _empreinte(fichiers("a", "b")) == _empreinte(fichiers("b", "a"))
        assert _empreinte(fichiers("a")) != _empreinte(fichiers("b"))


class TestRedire:
    def test_ce_qui_menait_a_une_fenetre_ramene_a_la_page_d_ou_l_on_envoie(self, envoyer):
        envoi = FormulaireEnvoye(empreinte="autre", suite={"popup": "{}", "phrases": []})
        reponse = _redire(envoyer({"a": "1"}, "/la/?b=2"), envoi)
        assert (reponse.status_code, reponse.context_data["vers"]) == (409, "/la/?b=2")

    def test_sinon_la_ou_le_premier_menait(self, envoyer):
        envoi = FormulaireEnvoye(empreinte="autre", suite={"vers": "/fait/", "phrases": []})
        assert _redire(envoyer({"a": "1"}), envoi).context_data["vers"] == "/fait/"

    def test_ce_qui_etait_ecrit_par_nous_le_reste_et_ce_qui_ne_l_etait_pas_aussi(self, envoyer):
        requete = envoyer()
        _redire_les_phrases(requete, [[25, "<b>Fait</b>", "large", True], [25, "<b>DUPONT</b>", "", False]])
        fait, nom = messages.get_messages(requete)
        assert (fait.message, fait.extra_tags) == (mark_safe("<b>Fait</b>"), "large")
        assert hasattr(fait.message, "__html__")
        assert not hasattr(nom.message, "__html__")
        assert nom.extra_tags == ""

    def test_une_phrase_qu_aucune_page_n_a_montree_ne_se_dit_pas_deux_fois(self, envoyer):
        requete = envoyer()
        messages.success(requete, "Fait.")
        _redire_les_phrases(requete, [[messages.SUCCESS, "Fait.", "", False]])
        assert [str(dit) for dit in requete._messages._queued_messages] == ["Fait."]


def test_sans_jeton_un_envoi_est_toujours_nouveau(envoyer):
    envoi, nouveau = _prendre(envoyer({"a": "1"}))
    assert (envoi.pk, nouveau) == (None, True)


def test_une_page_n_ecrit_pas_de_nouveau_un_secret(envoyer):
    saisie = Saisie.de(
        envoyer(
            {
                "old_password": "x",
                "cle-mot_de_passe": "x",
                "csrfmiddlewaretoken": "x",
                "nom": ["DUPONT", "PETIT"],
                "pieces": [SimpleUploadedFile("a.pdf", b"x"), SimpleUploadedFile("b.pdf", b"x")],
            }
        )
    )
    assert saisie.champs == [("nom", "DUPONT"), ("nom", "PETIT")]
    assert saisie.fichiers == [("pieces", "a.pdf, b.pdf")]
    assert saisie.adresse == "/la/"
