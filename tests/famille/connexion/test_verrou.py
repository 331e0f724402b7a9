"""Wrong passwords: what gets locked, what stays open, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from famille.connexion.verrou import adresse_presente, identifiant_presente
from tests.fabriques import MOT_DE_PASSE

PORTE = reverse("famille:connexion")
UN_MATIN = datetime(2015, 4, 8, 7, 30, tzinfo=UTC)
DOMICILE, AILLEURS = "192.0.2.1", "192.0.2.2"


def _entrer(client, identifiant: str, mot_de_passe: str = MOT_DE_PASSE, depuis: str = DOMICILE, **entetes: str):
    champs = {"username": identifiant, "password": mot_de_passe}
    return client.post(PORTE, champs, REMOTE_ADDR=depuis, headers=entetes)


@pytest.fixture
def verrouille(client, dupont):
    """Six wrong passwords for « dupont », from home."""
    with time_machine.travel(UN_MATIN, tick=False):
        yield [_entrer(client, "dupont", "Faux12345") for _ in range(6)]


def test_six_mots_de_passe_faux_verrouillent(verrouille, client):
    assert [reponse.status_code for reponse in verrouille] == [200, 200, 200, 200, 429, 429]
    assert _entrer(client, "dupont").status_code == 429


def test_la_page_dit_en_francais_ce_qu_il_faut_faire(verrouille):
    page = verrouille[-1].content.decode()
    assert '<html lang="fr">' in page
    assert "pendant 15\N{NO-BREAK SPACE}minutes" in page
    assert reverse("famille:mot_de_passe_oubli") in page
    assert "05\N{NO-BREAK SPACE}61" in page


def test_un_autre_identifiant_entre_depuis_la_meme_adresse(verrouille, client, martin):
    assert _entrer(client, "martin").status_code == 302


def test_le_meme_identifiant_entre_depuis_une_autre_adresse(verrouille, client):
    assert _entrer(client, "dupont", depuis=AILLEURS).status_code == 302


def test_les_majuscules_ne_contournent_pas_le_verrou(verrouille, client):
    assert _entrer(client, " DUPONT").status_code == 429


def test_une_adresse_inventee_ne_contourne_pas_le_verrou(verrouille, client):
    """Without a reverse proxy, nobody may say in a header where they come from."""
    assert _entrer(client, "dupont", **{"X-Forwarded-For": AILLEURS}).status_code == 429


@pytest.mark.parametrize(
    ("proxys", "entete", "statut"),
    [
        (1, DOMICILE, 429),
        (1, AILLEURS, 302),
        (1, f"{AILLEURS}, {DOMICILE}", 429),  # the first was invented: the proxy adds at the end
        (2, f"{DOMICILE}, 10.0.0.1", 429),
        (2, f"{AILLEURS}, 10.0.0.1", 302),
    ],
)
def test_derriere_un_proxy_on_verrouille_l_adresse_qu_il_a_vue(client, dupont, settings, proxys, entete, statut):
    """Otherwise every visitor would have the proxy's, and anybody could lock anybody out."""
    settings.PROXYS = proxys
    vu = DOMICILE if proxys == 1 else f"{DOMICILE}, 10.0.0.1"
    for _ in range(6):
        _entrer(client, "dupont", "Faux12345", depuis="127.0.0.1", **{"X-Forwarded-For": vu})
    assert _entrer(client, "dupont", depuis="127.0.0.1", **{"X-Forwarded-For": entete}).status_code == statut


@pytest.mark.parametrize("entete", ["", "inconnue", "192.0.2.1:4711"])
def test_sans_adresse_lisible_c_est_celle_du_proxy_qui_compte(client, dupont, settings, entete):
    settings.PROXYS = 1
    for _ in range(6):
        _entrer(client, "dupont", "Faux12345", depuis=AILLEURS, **{"X-Forwarded-For": entete})
    assert _entrer(client, "dupont", depuis=AILLEURS).status_code == 429
    assert _entrer(client, "dupont", depuis=DOMICILE).status_code == 302


def test_le_verrou_tombe_apres_un_quart_d_heure(client, verrouille):
    with time_machine.travel(UN_MATIN + timedelta(minutes=14, seconds=59), tick=False):
        assert _entrer(client, "dupont").status_code == 429


def test_apres_un_quart_d_heure_on_entre_de_nouveau(client, verrouille):
    with time_machine.travel(UN_MATIN + timedelta(minutes=15, seconds=1), tick=False):
        assert _entrer(client, "dupont").status_code == 302


def test_une_connexion_reussie_remet_le_compte_a_zero(client, dupont):
    for _ in range(2):
        assert [_entrer(client, "dupont", "Faux12345").status_code for _ in range(4)] == [200] * 4
        assert _entrer(client, "dupont").status_code == 302
        client.logout()


def test_un_identifiant_inconnu_se_verrouille_comme_un_autre(client, db):
    """Otherwise the lock would say who has an account."""
    statuts = [_entrer(client, "personne", "Faux12345").status_code for _ in range(6)]
    assert statuts == [200, 200, 200, 200, 429, 429]


def test_une_ecole_entiere_derriere_une_adresse_n_est_pas_verrouillee(client, dupont, martin):
    for numero in range(12):
        _entrer(client, f"inconnu{numero}", "Faux12345")
    assert _entrer(client, "dupont").status_code == 302


@pytest.mark.parametrize(
    ("presentes", "tape", "compte"),
    [
        ({"username": "Martin"}, "dupont", "martin"),
        ({"username": ""}, "Dupont", "dupont"),
        ({}, " DUPONT", "dupont"),
        (None, "Dupont", "dupont"),
        (None, None, ""),
    ],
)
def test_c_est_l_identifiant_presente_qui_compte_sinon_celui_qui_est_tape(rf, presentes, tape, compte):
    requete = rf.post(PORTE, {} if tape is None else {"username": tape})
    assert identifiant_presente(requete, presentes) == compte


def test_un_visiteur_sans_adresse_n_en_a_pas(rf, settings):
    """A server on a socket of its own machine says none."""
    settings.PROXYS = 0
    requete = rf.get(PORTE, headers={"X-Forwarded-For": AILLEURS})
    assert adresse_presente(requete) == "127.0.0.1"
    del requete.META["REMOTE_ADDR"]
    assert adresse_presente(requete) == ""


def test_sans_entete_c_est_l_adresse_du_proxy_qui_compte(rf, settings):
    settings.PROXYS = 1
    assert adresse_presente(rf.get(PORTE, REMOTE_ADDR=AILLEURS)) == AILLEURS


def test_une_adresse_entre_des_blancs_se_lit(rf, settings):
    settings.PROXYS = 1
    assert adresse_presente(rf.get(PORTE, headers={"X-Forwarded-For": f"10.0.0.1,  {AILLEURS} "})) == AILLEURS
