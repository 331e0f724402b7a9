"""The door of an opening day: newcomers wait in order, who is in goes on, agents and payments pass, nothing is read."""

import sys
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from portail.affluence.file import FileDAttente
from portail.affluence.place import TEMOIN, Place, signer_l_entree
from portail.affluence.rythme import DEPART
from portail.affluence.salle import SalleDAttente
from tests.fabriques import MOT_DE_PASSE

PORTE = reverse("famille:connexion")
LE_JOUR = datetime(2015, 6, 1, 7, 30, tzinfo=UTC)


@pytest.fixture
def horloge():
    with time_machine.travel(LE_JOUR, tick=False) as horloge:
        yield horloge


@pytest.fixture
def foule(attente, horloge, tmp_path) -> FileDAttente:
    """Fifty are before the door."""
    file = FileDAttente(tmp_path / "affluence", 0.3)
    file.observer(1.0, LE_JOUR.timestamp())
    for _ in range(50):
        file.accueillir(None, LE_JOUR.timestamp())
    return file


def _place(client: Client) -> Place | None:
    return Place.lire(client.cookies[TEMOIN].value)


def test_sans_foule_on_entre_sans_place_ni_fichier(client, db, horloge):
    assert client.get(PORTE).status_code == 200
    assert TEMOIN not in client.cookies


def test_qui_arrive_attend_dehors_sans_session_ni_requete(client, foule, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        reponse = client.get(PORTE)
    assert reponse.status_code == 503
    assert list(reponse.cookies) == [TEMOIN]
    assert not Session.objects.exists()
    assert reponse["Cache-Control"] == "no-store"
    assert f"{51 - int(DEPART)}\u00a0personnes" in reponse.content.decode()
    assert f'content="{reponse["Retry-After"]}"' in reponse.content.decode()
    assert 3 <= int(reponse["Retry-After"]) <= 31


def test_la_page_d_attente_est_entiere_et_legere(client, foule):
    reponse = client.get(PORTE)
    texte = reponse.content.decode()
    assert len(reponse.content) < 5 * 1024
    assert "<script" not in texte
    assert "src=" not in texte
    assert '<link rel="stylesheet"' not in texte
    assert '<html lang="fr">' in texte
    assert reponse["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


def test_on_garde_sa_place_d_un_essai_a_l_autre_et_on_entre_a_son_tour(client, foule, horloge, db):
    client.get(PORTE)
    place = _place(client)
    client.get("/")
    assert _place(client) == place
    horloge.shift(3)
    while client.get(PORTE).status_code == 503:
        horloge.shift(1)
        assert _place(client) == place
    assert client.get(PORTE).status_code == 200


def test_dans_l_ordre_d_arrivee(foule, horloge, db):
    clients = [Client() for _ in range(6)]
    for client in clients:
        client.get(PORTE)
    entres: list[int] = []
    for _ in range(200):
        horloge.shift(0.05)
        for rang in reversed(range(6)):
            if rang not in entres and clients[rang].get(PORTE).status_code == 200:
                entres.append(rang)
    # The last come ask first, twenty times a second; the pace lets one in at a time.
    assert entres == list(range(6))


@pytest.mark.parametrize("forgee", ["1.1.0", "1.1.0:x:y", "entre", "entre:x:y", ""])
def test_une_place_inventee_ne_vaut_rien(client, foule, forgee):
    client.cookies[TEMOIN] = forgee
    assert client.get(PORTE).status_code == 503
    assert _place(client).numero == 51


def test_une_place_dont_on_change_le_numero_ne_vaut_rien(client, foule):
    client.get(PORTE)
    vraie = client.cookies[TEMOIN].value
    client.cookies[TEMOIN] = vraie.replace(".51.", ".1.")
    assert client.cookies[TEMOIN].value != vraie
    client.get(PORTE)
    assert _place(client).numero == 52


def test_une_place_trop_vieille_ne_vaut_rien(client, foule, horloge):
    with time_machine.travel(LE_JOUR.replace(hour=3)):
        client.cookies[TEMOIN] = Place(1, 1, 0.0).signer()
    client.get(PORTE)
    assert _place(client).numero == 51


def test_une_entree_ne_dure_que_le_temps_d_une_session(client, foule, db):
    with time_machine.travel(LE_JOUR.timestamp() - settings.SESSION_INACTIVITE_MAX + 5):
        client.cookies[TEMOIN] = signer_l_entree()
    assert client.get(PORTE).status_code == 200
    with time_machine.travel(LE_JOUR.timestamp() - settings.SESSION_INACTIVITE_MAX - 5):
        client.cookies[TEMOIN] = signer_l_entree()
    assert client.get(PORTE).status_code == 503


def test_qui_s_est_connecte_avant_la_foule_continue(client, dupont, attente, horloge, tmp_path):
    assert client.post(PORTE, {"username": "dupont", "password": MOT_DE_PASSE}).status_code == 302
    file = FileDAttente(tmp_path / "affluence", 0.3)
    file.observer(1.0, LE_JOUR.timestamp())
    for _ in range(50):
        file.accueillir(None, LE_JOUR.timestamp())
    assert client.get("/enfants/").status_code == 200
    assert Client().get("/enfants/").status_code == 503


def test_qui_envoie_un_formulaire_n_est_jamais_arrete(client, dupont, foule):
    assert client.post(PORTE, {"username": "dupont", "password": MOT_DE_PASSE}).status_code == 302
    # … and is in from then on.
    assert client.get("/enfants/").status_code == 200


@pytest.mark.parametrize(
    "adresse",
    [
        "/admin/",
        "/admin/demandes/demande/",
        f"{PORTE}?next=/admin/",
        f"{PORTE}?next=%2Fadmin%2F",
        "/sante/",
        "/paiements/ABCDEF123456/",
        "/paiements/notification/jeton/",
    ],
)
def test_agents_paiements_et_surveillance_passent(client, foule, db, adresse):
    assert client.get(adresse).status_code != 503


def test_une_requete_qui_attend_trop_ferme_la_porte_et_une_pointe_passe(attente, horloge, db):
    attente.attente = 2.0
    statuts = [Client().get(PORTE).status_code for _ in range(int(DEPART) + 5)]
    assert statuts == [200] * int(DEPART) + [503] * 5


def test_la_foule_passee_chacun_entre(client, foule, horloge, db):
    client.get(PORTE)
    horloge.shift(120)
    assert client.get(PORTE).status_code == 200


def test_un_portail_sans_salle_d_attente_sert_tout_le_monde(client, foule, settings, db):
    settings.AFFLUENCE_ATTENTE = 0
    assert client.get(PORTE).status_code == 200


def test_un_dossier_ou_l_on_n_ecrit_pas_n_arrete_personne(client, attente, settings, tmp_path, db, caplog):
    (tmp_path / "fichier").write_text("")
    settings.ETAT = tmp_path / "fichier"
    attente.attente = 2.0
    assert client.get(PORTE).status_code == 200
    assert "No waiting room" in caplog.text


def test_sans_foule_elle_ne_coute_presque_rien(attente, tmp_path):
    reponse, requete = HttpResponse(), RequestFactory().get("/")
    salle = SalleDAttente(lambda request: reponse)
    salle(requete)
    appels = 0

    def compter(cadre: object, evenement: str, _: object) -> None:
        nonlocal appels
        appels += evenement in {"call", "c_call"}

    sys.setprofile(compter)
    try:
        salle(requete)
    finally:
        sys.setprofile(None)
    assert appels <= 15
