"""An open session is not enough to change where the e-mails or the money go: the password is asked again."""

import pytest
from django.urls import reverse

from demandes.models import Demande
from socle.chiffrement import Secret
from tests.demandes.outils import saisir
from tests.fabriques import MOT_DE_PASSE

pytestmark = pytest.mark.django_db
CAS = [
    ("responsable", {"email": "voleur@example.org"}),
    ("conjoint", {"email": "voleur@example.org"}),
    ("bancaires", {"iban": "FR76 3000 6000 0112 3456 7890 189"}),
    ("bancaires", {"titulaire": "VOLEUR"}),
]


def _envoyer(client, foyer, code: str, champs: dict, mot_de_passe: str = ""):
    envoi = saisir(foyer, code) | champs | {"cle-mot_de_passe": mot_de_passe}
    return client.post(reverse("demandes:nouvelle", args=[code]), envoi)


@pytest.fixture
def parent(client, dupont):
    client.force_login(dupont.compte)
    return client


@pytest.mark.parametrize(("code", "champs"), CAS)
@pytest.mark.parametrize("mot_de_passe", ["", "Faux12345"])
def test_sans_le_mot_de_passe_rien_n_est_demande_et_la_saisie_reste(parent, dupont, code, champs, mot_de_passe):
    reponse = _envoyer(parent, dupont, code, champs, mot_de_passe)
    html = reponse.content.decode()
    assert reponse.status_code == 422
    assert 'href="#id_cle-mot_de_passe"' in html
    assert next(iter(champs.values())) in html
    assert not Demande.objects.exists()


@pytest.mark.parametrize(("code", "champs"), CAS)
def test_avec_lui_la_demande_part_et_ne_le_garde_pas(parent, dupont, code, champs):
    reponse = _envoyer(parent, dupont, code, champs, MOT_DE_PASSE)
    assert reponse.status_code == 302
    assert "cle-mot_de_passe" not in Demande.objects.get().donnees


def test_la_page_le_demande_des_l_ouverture(parent):
    assert 'name="cle-mot_de_passe"' in parent.get(reverse("demandes:nouvelle", args=["bancaires"])).text


def test_un_autre_changement_de_la_meme_fiche_ne_le_demande_pas(parent, dupont):
    assert _envoyer(parent, dupont, "responsable", {"mobile": "06 01 02 03 04"}).status_code == 302


def test_le_deviner_verrouille_comme_a_la_porte(parent, dupont):
    codes = [_envoyer(parent, dupont, *CAS[0], f"Faux1234{n}").status_code for n in range(6)]
    assert codes == [422] * 4 + [429] * 2
    assert _envoyer(parent, dupont, *CAS[0], MOT_DE_PASSE).status_code == 429
    assert not Demande.objects.exists()


def test_une_session_finie_ne_garde_pas_le_mot_de_passe(parent, dupont):
    page = parent.get(reverse("demandes:nouvelle", args=["responsable"]))
    parent.logout()
    envoi = {"sceau": page.context["sceau"], "cle-mot_de_passe": MOT_DE_PASSE, "employeur": "Biscuiterie"}
    parent.post(reverse("demandes:nouvelle", args=["responsable"]), saisir(dupont, "responsable") | envoi)
    garde = Secret(parent.session["brouillon"]["champs"]).en_clair()
    assert "Biscuiterie" in garde
    assert MOT_DE_PASSE not in garde
