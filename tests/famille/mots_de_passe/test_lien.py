"""A password link leaves by the outbox: it waits for the mail server, and nothing that opens an account waits there."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import TestCase

from courriels.facteur import Facteur
from courriels.models import Courriel
from famille.taches import envoyer_liens_de_mot_de_passe
from tests.courriels.bal import Bal
from tests.courriels.fabriques import ecrire
from tests.fabriques import CompteFactory

pytestmark = pytest.mark.django_db
UN_MATIN = datetime(2015, 4, 8, 7, 30, tzinfo=UTC)
JEAN = "jean.dupont@wanadoo.fr"


@pytest.fixture
def panne(smtp: Bal, settings):
    """The town's mail server does not answer; called, it does again."""
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    def reparer() -> None:
        settings.EMAIL_PORT = port

    return reparer


def _demander(adresse: str = JEAN) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        envoyer_liens_de_mot_de_passe.call(adresse)


def _adresse_du_lien(message) -> str:
    return re.search(r"(/mot-de-passe/nouveau/\S+)", message.get_body(["plain"]).get_content())[1]


def _valable(client, lien: str) -> bool:
    return client.get(lien, follow=True).context["validlink"]


def test_un_serveur_absent_ne_perd_aucun_lien(dupont, panne, smtp):
    dupont.conjoint.compte = CompteFactory(identifiant="jeanne")
    dupont.conjoint.email = JEAN
    dupont.conjoint.save()
    dupont.conjoint.confirmer_adresse()
    Courriel.objects.all().delete()
    _demander()
    assert smtp.recus == []
    panne()
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=2), tick=False):
        Facteur().tournee()
    assert smtp.adresses == [JEAN, JEAN]
    assert len({_adresse_du_lien(message) for message in smtp.recus}) == 2


def test_l_heure_du_lien_commence_quand_il_part(client, dupont, panne, smtp):
    with time_machine.travel(UN_MATIN, tick=False) as horloge:
        _demander()
        panne()
        horloge.shift(timedelta(hours=3))
        Facteur().tournee()
        [message] = smtp.recus
        horloge.shift(timedelta(minutes=59))
        assert _valable(client, _adresse_du_lien(message))
        client.logout()
        horloge.shift(timedelta(minutes=2))
        assert not _valable(client, _adresse_du_lien(message))


def test_ce_qui_attend_n_ouvre_rien(client, dupont, panne, smtp):
    _demander()
    assert Courriel.objects.get().contexte == {"compte": dupont.compte.pk}
    panne()
    Courriel.objects.update(prochain_essai=datetime.now(UTC))
    Facteur().tournee()
    jeton = _adresse_du_lien(smtp.recus[0]).rstrip("/").rpartition("/")[2]
    assert _tables_qui_disent(jeton) == []
    assert "courriels_courriel" in _tables_qui_disent(JEAN)


def _tables_qui_disent(texte: str) -> list[str]:
    """Of the whole database, as a backup has it."""
    with connection.cursor() as curseur:
        tables = connection.introspection.table_names(curseur)
        curseur.execute(
            " UNION ALL ".join(f"SELECT '{nom}' FROM {nom} AS ligne WHERE ligne::text LIKE %s" for nom in tables),
            [f"%{texte}%"] * len(tables),
        )
        return [nom for (nom,) in curseur.fetchall()]


def test_redemander_ne_fait_pas_un_second_courriel_mais_presse_le_premier(dupont, panne, smtp):
    with time_machine.travel(UN_MATIN, tick=False) as horloge:
        _demander()
        Courriel.objects.update(prochain_essai=UN_MATIN + timedelta(hours=8))
        panne()
        horloge.shift(timedelta(minutes=6))
        _demander()
    assert smtp.adresses == [JEAN]
    assert Courriel.objects.get().envoye_le == UN_MATIN + timedelta(minutes=6)


@pytest.mark.parametrize("changement", ["ferme", "adresse"])
def test_un_compte_ferme_ou_dont_l_adresse_a_change_ne_recoit_plus_rien(dupont, panne, smtp, changement):
    _demander()
    if changement == "ferme":
        dupont.compte.is_active = False
        dupont.compte.save()
    else:
        dupont.titulaire.email = "autre@example.org"
        dupont.titulaire.save()
    panne()
    Courriel.objects.update(prochain_essai=datetime.now(UTC))
    Facteur().tournee()
    assert [message for message in smtp.recus if "choisir" in message["Subject"]] == []
    echec = Courriel.objects.en_echec().get()
    assert echec.erreur == "Ce compte est fermé, ou son adresse a changé depuis."


def test_le_courriel_d_un_parent_est_de_son_dossier_celui_d_un_agent_de_personne(dupont, agent):
    agent.email = "alice@saint-jean.example"
    agent.save()
    _demander()
    _demander("alice@saint-jean.example")
    assert {tuple(message.to) for message in mail.outbox} == {(JEAN,), ("alice@saint-jean.example",)}
    assert dict(Courriel.objects.values_list("destinataire", "dossier")) == {
        JEAN: dupont.famille.pk,
        "alice@saint-jean.example": None,
    }


def test_il_passe_avant_le_courrier_ordinaire(dupont, panne):
    ecrire("avant@example.org")
    _demander()
    Courriel.objects.update(prochain_essai=datetime.now(UTC))
    assert [courriel.destinataire for courriel in Courriel.objects.a_envoyer()] == [JEAN, "avant@example.org"]
