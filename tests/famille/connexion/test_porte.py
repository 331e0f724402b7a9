"""Signing in and out: who gets in, where it leads, what the browser keeps."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.urls import reverse

from famille.models.compte import normaliser_identifiant
from tests.fabriques import MOT_DE_PASSE, CompteFactory

PORTE = reverse("famille:connexion")
UN_MATIN = datetime(2015, 4, 8, 7, 30, tzinfo=UTC)
REFUS = "Identifiant ou mot de passe incorrect. Attention aux majuscules dans le mot de passe."


def _entrer(client, identifiant: str, mot_de_passe: str = MOT_DE_PASSE, **champs: str):
    return client.post(PORTE, {"username": identifiant, "password": mot_de_passe, **champs})


def test_un_parent_arrive_a_l_accueil(client, dupont):
    reponse = _entrer(client, "dupont")
    assert (reponse.status_code, reponse.url) == (302, "/")


@pytest.mark.parametrize("tape", ["Dupont", "DUPONT", " dupont "])
def test_l_identifiant_se_tape_sans_souci_des_majuscules(client, dupont, tape):
    assert _entrer(client, tape).status_code == 302


def test_un_agent_arrive_a_l_administration(client, agent):
    assert _entrer(client, "agent").url == "/admin/"


def test_un_agent_qui_est_aussi_parent_arrive_a_son_dossier(client, dupont):
    dupont.compte.is_staff = True
    dupont.compte.save()
    assert _entrer(client, "dupont").url == "/"


@pytest.mark.parametrize(("identifiant", "mot_de_passe"), [("dupont", "Plombieres22"), ("personne", MOT_DE_PASSE)])
def test_le_refus_est_le_meme_que_le_compte_existe_ou_non(client, dupont, identifiant, mot_de_passe):
    reponse = _entrer(client, identifiant, mot_de_passe)
    assert reponse.status_code == 200
    assert reponse.context["form"].non_field_errors() == [REFUS]


def test_un_compte_ferme_n_entre_pas(client, dupont):
    dupont.compte.is_active = False
    dupont.compte.save()
    assert _entrer(client, "dupont").context["form"].non_field_errors() == [REFUS]


def test_un_compte_ferme_en_cours_de_session_n_a_plus_rien(client, dupont):
    _entrer(client, "dupont")
    dupont.compte.is_active = False
    dupont.compte.save()
    assert client.get("/").status_code == 302


def test_qui_est_deja_entre_ne_revoit_pas_la_porte(client, dupont):
    _entrer(client, "dupont")
    assert client.get(PORTE).url == "/"


def test_on_revient_ou_l_on_allait(client, dupont):
    suite = client.get("/mon-compte/").url
    assert suite == f"{PORTE}?next=/mon-compte/"
    assert _entrer(client, "dupont", next="/mon-compte/").url == "/mon-compte/"


@pytest.mark.parametrize("ailleurs", ["//evil.example/", "https://evil.example/", r"/\evil.example", "javascript:1"])
def test_la_porte_ne_mene_jamais_hors_du_portail(client, dupont, ailleurs):
    assert _entrer(client, "dupont", next=ailleurs).url == "/"


@pytest.mark.parametrize("suite", ["/connexion/", "/connexion/?next=/connexion/"])
def test_la_porte_ne_mene_pas_a_la_porte(client, dupont, suite):
    assert _entrer(client, "dupont", next=suite).url == "/"
    assert client.get(PORTE, {"next": suite}).url == "/"


def test_un_identifiant_accentue_entre_quel_que_soit_le_clavier(client, db):
    """« é » is one character from a computer, two from some telephones."""
    CompteFactory(identifiant=normaliser_identifiant("ele\N{COMBINING ACUTE ACCENT}onore"))
    assert _entrer(client, "el\N{LATIN SMALL LETTER E WITH ACUTE}onore").status_code == 302
    client.logout()
    assert _entrer(client, "Ele\N{COMBINING ACUTE ACCENT}onore").status_code == 302


def test_entrer_change_la_session(client, dupont):
    """A session prepared by somebody else is not the one that gets in."""
    client.session["vue"] = 0
    avant = client.session.session_key
    _entrer(client, "dupont")
    assert client.session.session_key != avant


def test_le_temoin_de_session_est_hors_de_portee_des_scripts(client, dupont):
    temoin = _entrer(client, "dupont").cookies["portail_session"]
    assert temoin["httponly"] is True
    assert temoin["samesite"] == "Lax"
    assert temoin["max-age"] == 30 * 60


def test_un_mot_de_passe_provisoire_perime_n_ouvre_plus(client, nouveau):
    nouveau.compte.provisoire_jusqu_au = UN_MATIN
    nouveau.compte.save()
    with time_machine.travel(UN_MATIN + timedelta(seconds=1), tick=False):
        erreurs = _entrer(client, "nouveau", "Provisoire1").context["form"].non_field_errors()
    assert erreurs == [
        "Votre mot de passe provisoire n’est plus valable. Demandez-en un nouveau avec "
        "«\u00a0Mot de passe oublié ?\u00a0» "
        "ou auprès du centre."
    ]


def test_un_mot_de_passe_provisoire_vaut_trente_jours(client, nouveau):
    with time_machine.travel(UN_MATIN, tick=False):
        provisoire = nouveau.compte.attribuer_mot_de_passe_provisoire()
    with time_machine.travel(UN_MATIN + timedelta(days=30), tick=False):
        assert _entrer(client, "nouveau", provisoire).status_code == 302


def test_la_deconnexion_mene_au_site_de_la_commune(client, dupont, settings):
    settings.COMMUNE_SITE = "https://www.saint-jean.example/"
    _entrer(client, "dupont")
    reponse = client.post("/deconnexion/")
    assert (reponse.status_code, reponse.url) == (302, "https://www.saint-jean.example/")
    assert not Session.objects.exists()
    assert client.get("/mon-compte/").status_code == 302


def test_on_sort_aussi_quand_la_session_est_deja_finie(client, db, settings):
    settings.COMMUNE_SITE = "https://www.saint-jean.example/"
    assert client.post("/deconnexion/").url == "https://www.saint-jean.example/"


def test_sans_site_la_deconnexion_mene_a_un_au_revoir(client, dupont, settings):
    settings.COMMUNE_SITE = ""
    _entrer(client, "dupont")
    reponse = client.post("/deconnexion/", follow=True)
    assert reponse.redirect_chain == [("/au-revoir/", 302)]
    assert reponse.status_code == 200


def test_un_lien_ne_deconnecte_personne(client, dupont):
    _entrer(client, "dupont")
    assert client.get("/deconnexion/").status_code == 405
    assert client.get("/mon-compte/").status_code == 200


def test_un_mot_de_passe_calcule_autrement_entre_et_passe_en_argon2id(client, db):
    compte = CompteFactory(identifiant="ancien")
    compte.password = make_password(MOT_DE_PASSE, hasher="pbkdf2_sha256")
    compte.save()
    assert _entrer(client, "ancien").status_code == 302
    compte.refresh_from_db()
    assert compte.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
