"""Two tabs: the second login finds itself signed in, and a form older than the login loses nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from messagerie.models import Message
from tests.fabriques import MOT_DE_PASSE

pytestmark = pytest.mark.django_db
PORTE = reverse("famille:connexion")
ECRIRE = reverse("messagerie:nouveau")
CHEZ_NOUS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def navigateur() -> Client:
    return Client(enforce_csrf_checks=True)


def _jeton(page) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]


def _entrer(navigateur: Client, jeton: str, **autres: str):
    champs = {"username": "dupont", "password": MOT_DE_PASSE, "csrfmiddlewaretoken": jeton, **autres}
    return navigateur.post(PORTE, champs, headers=CHEZ_NOUS)


def test_le_second_onglet_se_trouve_connecte(navigateur, dupont):
    premier, second = _jeton(navigateur.get(PORTE)), _jeton(navigateur.get(PORTE))
    assert _entrer(navigateur, premier).url == "/"
    assert _entrer(navigateur, second, next="/mon-compte/").url == "/mon-compte/"
    assert navigateur.get("/mon-compte/").status_code == 200


def test_le_second_onglet_ne_mene_pas_ailleurs(navigateur, dupont):
    premier, second = _jeton(navigateur.get(PORTE)), _jeton(navigateur.get(PORTE))
    _entrer(navigateur, premier)
    assert _entrer(navigateur, second, next="https://mechant.example/").url == "/"


def test_un_message_ecrit_avant_l_autre_connexion_s_envoie_de_nouveau(navigateur, dupont):
    _entrer(navigateur, _jeton(navigateur.get(PORTE)))
    texte = "\nBonjour,\n« Léa » & <Tom>"
    envoi = {"sujet": "Mercredi", "texte": texte, "csrfmiddlewaretoken": "a" * 64}
    page = navigateur.post(ECRIRE, envoi, headers=CHEZ_NOUS)
    html = page.content.decode()
    assert page.status_code == 403
    assert "rien n’est perdu" in html
    assert "« Léa » &amp; &lt;Tom&gt;</textarea>" in html
    assert navigateur.post(ECRIRE, envoi | {"csrfmiddlewaretoken": _jeton(page)}, headers=CHEZ_NOUS).status_code == 302
    assert Message.objects.get().texte.endswith("« Léa » & <Tom>")


def test_ce_qu_un_autre_compte_avait_ecrit_dit_au_nom_de_qui_il_partirait(navigateur, dupont):
    navigateur.force_login(dupont.compte)  # in another tab of the same browser
    ecrit = {"sujet": "De Martin", "texte": "Bonjour", "csrfmiddlewaretoken": "a" * 64}
    html = navigateur.post(ECRIRE, ecrit, headers=CHEZ_NOUS).content.decode()
    assert "au nom de <strong>JEAN DUPONT</strong>" in html
    assert not Message.objects.exists()


@pytest.mark.parametrize("entetes", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://mechant.example"}, {}])
def test_ce_qui_vient_d_ailleurs_ne_se_renvoie_pas_d_un_clic(navigateur, dupont, entetes):
    navigateur.force_login(dupont.compte)
    page = navigateur.post(ECRIRE, {"sujet": "Piège", "texte": "Cliquez"}, headers=entetes)
    assert page.status_code == 403
    assert "Piège" not in page.content.decode()


def test_un_mot_de_passe_ne_revient_jamais_dans_une_page(navigateur, dupont):
    navigateur.force_login(dupont.compte)
    adresse = reverse("famille:mot_de_passe_changement")
    envoi = {"old_password": MOT_DE_PASSE, "new_password1": "Bonbons2015", "cle-mot_de_passe": MOT_DE_PASSE}
    html = navigateur.post(adresse, envoi, headers=CHEZ_NOUS).content.decode()
    assert MOT_DE_PASSE not in html
    assert "Bonbons2015" not in html
