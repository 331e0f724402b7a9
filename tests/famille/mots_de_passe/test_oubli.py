"""« Mot de passe oublié ? »: it never says who has an account, and its link serves once."""

import email.policy
import re
import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.fabriques import MOT_DE_PASSE, CompteFactory

OUBLI = reverse("famille:mot_de_passe_oubli")
PORTE = reverse("famille:connexion")
UN_MATIN = datetime(2015, 4, 8, 7, 30, tzinfo=UTC)
CHOISI = "Bonbons2015"


@pytest.fixture(autouse=True)
def portail_a_son_adresse(settings):
    settings.PORTAIL_ADRESSE = "https://famille.saint-jean.example"


def _demander(client, adresse: str):
    """Ask, and let the queue work."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(OUBLI, {"email": adresse})


def _entre(client, mot_de_passe: str) -> bool:
    return client.post(PORTE, {"username": "dupont", "password": mot_de_passe}).status_code == 302


def _lien(texte: str) -> str:
    return re.search(r"https://famille\.saint-jean\.example(/mot-de-passe/nouveau/\S+)", texte)[1]


def _choisir(client, lien: str, mot_de_passe: str = CHOISI):
    """Open the link, and choose a password. Returns the answer to the choice."""
    formulaire = client.get(lien, follow=True)
    return client.post(
        formulaire.request["PATH_INFO"], {"new_password1": mot_de_passe, "new_password2": mot_de_passe}, follow=True
    )


def test_un_parent_recoit_un_lien(client, dupont):
    reponse = _demander(client, "jean.dupont@wanadoo.fr")
    assert (reponse.status_code, reponse.url) == (302, "/mot-de-passe/oubli/envoye/")
    [courriel] = mail.outbox
    assert courriel.to == ["jean.dupont@wanadoo.fr"]
    assert "Votre identifiant\u00a0: dupont" in courriel.body
    assert _lien(courriel.body)


def test_l_adresse_se_tape_sans_souci_des_majuscules(client, dupont):
    _demander(client, "Jean.Dupont@Wanadoo.fr")
    assert [courriel.to for courriel in mail.outbox] == [["jean.dupont@wanadoo.fr"]]


def test_la_reponse_ne_dit_pas_qui_a_un_compte(client, dupont, settings):
    """Same answer, same queries: the queue alone looks for the account."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    reponses, requetes = [], []
    for adresse in ("jean.dupont@wanadoo.fr", "personne@wanadoo.fr"):
        with CaptureQueriesContext(connection) as compteur:
            reponses.append(_demander(client, adresse))
        # Django numbers its savepoints from one request to the next.
        requetes.append([re.sub(r" VALUES .*|_x\d+", "", requete["sql"]) for requete in compteur])
    assert reponses[0].url == reponses[1].url
    assert reponses[0].headers == reponses[1].headers
    assert requetes[0] == requetes[1]
    assert mail.outbox == []


def test_une_adresse_inconnue_ne_recoit_rien(client, dupont):
    assert _demander(client, "personne@wanadoo.fr").url == "/mot-de-passe/oubli/envoye/"
    assert mail.outbox == []


def test_un_compte_ferme_ne_recoit_rien(client, dupont):
    dupont.compte.is_active = False
    dupont.compte.save()
    _demander(client, "jean.dupont@wanadoo.fr")
    assert mail.outbox == []


def test_deux_comptes_a_la_meme_adresse_recoivent_chacun_leur_lien(client, dupont):
    dupont.conjoint.compte = CompteFactory(identifiant="jeanne")
    dupont.conjoint.email = dupont.titulaire.email
    dupont.conjoint.save()
    dupont.conjoint.confirmer_adresse()
    mail.outbox.clear()
    _demander(client, "jean.dupont@wanadoo.fr")
    identifiants = {re.search(r"identifiant\s:\s(\S+)", courriel.body)[1] for courriel in mail.outbox}
    assert len(mail.outbox) == 2
    assert identifiants == {"dupont", "jeanne"}


def test_un_seul_lien_toutes_les_cinq_minutes(client, dupont):
    envois = []
    for delai in (timedelta(0), timedelta(minutes=4, seconds=59), timedelta(minutes=5)):
        with time_machine.travel(UN_MATIN + delai, tick=False):
            _demander(client, "jean.dupont@wanadoo.fr")
            envois.append(len(mail.outbox))
    assert envois == [1, 1, 2]


def test_une_horloge_remise_a_l_heure_ne_retient_aucun_lien(client, dupont):
    """The first was asked for while the clock was a day ahead."""
    with time_machine.travel(UN_MATIN + timedelta(days=1), tick=False):
        _demander(client, "jean.dupont@wanadoo.fr")
    with time_machine.travel(UN_MATIN, tick=False):
        _demander(client, "jean.dupont@wanadoo.fr")
    assert len(mail.outbox) == 2


def test_le_lien_ouvre_le_compte_avec_le_mot_de_passe_choisi(client, dupont):
    _demander(client, "jean.dupont@wanadoo.fr")
    assert _choisir(client, _lien(mail.outbox[0].body)).redirect_chain == [("/mot-de-passe/nouveau/fait/", 302)]
    assert not _entre(client, MOT_DE_PASSE)
    assert _entre(client, CHOISI)


def test_le_lien_ne_sert_qu_une_fois(client, dupont):
    _demander(client, "jean.dupont@wanadoo.fr")
    lien = _lien(mail.outbox[0].body)
    _choisir(client, lien)
    assert client.get(lien).context["validlink"] is False
    client.post(lien, {"new_password1": "Volee12345", "new_password2": "Volee12345"})
    assert _entre(client, CHOISI)


def test_le_lien_tombe_apres_une_heure(client, dupont):
    with time_machine.travel(UN_MATIN, tick=False):
        _demander(client, "jean.dupont@wanadoo.fr")
    with time_machine.travel(UN_MATIN + timedelta(hours=1, seconds=1), tick=False):
        assert client.get(_lien(mail.outbox[0].body)).context["validlink"] is False


def test_un_compte_ferme_entre_temps_n_a_plus_de_lien(client, dupont):
    _demander(client, "jean.dupont@wanadoo.fr")
    lien = _lien(mail.outbox[0].body)
    dupont.compte.fermer()
    assert not client.get(lien, follow=True).context["validlink"]
    dupont.compte.rouvrir()
    assert client.get(lien, follow=True).context["validlink"]


def test_une_connexion_entre_temps_annule_le_lien(client, dupont):
    _demander(client, "jean.dupont@wanadoo.fr")
    _entre(client, MOT_DE_PASSE)
    client.logout()
    assert client.get(_lien(mail.outbox[0].body)).context["validlink"] is False


def test_le_mot_de_passe_choisi_n_est_plus_provisoire(client, nouveau):
    _demander(client, nouveau.titulaire.email)
    _choisir(client, _lien(mail.outbox[0].body))
    nouveau.compte.refresh_from_db()
    assert not nouveau.compte.doit_changer_de_mot_de_passe


def test_le_lien_tient_a_la_regle(client, dupont):
    _demander(client, "jean.dupont@wanadoo.fr")
    erreurs = _choisir(client, _lien(mail.outbox[0].body), "bonbonsbleus").context["form"].errors["new_password1"]
    assert len(erreurs) == 2
    assert _entre(client, MOT_DE_PASSE)


def test_choisir_un_mot_de_passe_leve_le_verrou(client, dupont):
    """The page of the lock says so: whoever reads the mailbox is not whoever guessed passwords."""
    essais = [client.post(PORTE, {"username": "dupont", "password": "Faux12345"}) for _ in range(5)]
    assert essais[-1].status_code == 429
    _demander(client, "jean.dupont@wanadoo.fr")
    _choisir(client, _lien(mail.outbox[0].body))
    assert _entre(client, CHOISI)


class Facteur:
    """The server of the town's mail: keeps what it is given."""

    def __init__(self) -> None:
        self.lettres: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, server, session, enveloppe) -> str:
        self.lettres.append((enveloppe.rcpt_tos, enveloppe.content))
        return "250 OK"


def test_le_courriel_part_vraiment_et_son_lien_s_ouvre(client, dupont, settings):
    facteur = Facteur()
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    serveur = Controller(facteur, hostname="127.0.0.1", port=port)
    serveur.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        _demander(client, "jean.dupont@wanadoo.fr")
    finally:
        serveur.stop()
    [(destinataires, contenu)] = facteur.lettres
    lettre = message_from_bytes(contenu, policy=email.policy.default)
    assert destinataires == ["jean.dupont@wanadoo.fr"]
    assert "choisir un nouveau mot de passe" in lettre["Subject"]
    assert "Bonjour," in lettre.get_body("plain").get_content()
    liens = {_lien(lettre.get_body(forme).get_content().replace('"', " ")) for forme in ("plain", "html")}
    assert len(liens) == 1
    assert client.get(liens.pop(), follow=True).context["validlink"] is True
