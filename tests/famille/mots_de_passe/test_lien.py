"""A password link leaves by the outbox: it waits for the mail server, and nothing that opens an account waits there."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import TestCase

from courriels.echecs import SansObjet
from courriels.facteur import Facteur
from courriels.models import Courriel
from famille.models import Compte, Responsable
from famille.mots_de_passe.lien import envoyer_liens, preparer
from famille.taches import envoyer_liens_de_mot_de_passe
from tests.attente import attendre_que
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


def test_seul_celui_dont_c_est_l_adresse_recoit_un_lien(dupont, martin):
    assert envoyer_liens("Jean.Dupont@Wanadoo.fr") == 1
    assert envoyer_liens("personne@example.org") == 0
    courriel = Courriel.objects.get()
    assert (courriel.contexte, courriel.urgent) == ({"compte": dupont.compte.pk}, True)


def test_un_compte_ferme_ne_s_ecrit_pas(dupont):
    Compte.objects.filter(pk=dupont.compte.pk).update(is_active=False)
    assert envoyer_liens(JEAN) == 0


def test_un_agent_qui_est_aussi_parent_se_joint_par_son_compte(dupont):
    """Whoever may correct his record would receive the link of the agent's account."""
    Compte.objects.filter(pk=dupont.compte.pk).update(is_staff=True, email="jean@saint-jean.example")
    assert envoyer_liens(JEAN) == 0
    assert envoyer_liens("jean@saint-jean.example") == 1


def test_un_second_lien_ne_se_compte_pas_avant_cinq_minutes(dupont):
    with time_machine.travel(UN_MATIN, tick=False) as horloge:
        assert envoyer_liens(JEAN) == 1
        horloge.shift(timedelta(minutes=4, seconds=59))
        assert envoyer_liens(JEAN) == 0
        horloge.shift(timedelta(seconds=1))
        # The first one still waits: it is as good as a second.
        assert envoyer_liens(JEAN) == 0
        Courriel.objects.all().delete()
        horloge.shift(timedelta(minutes=5))
        assert envoyer_liens(JEAN) == 1


def test_une_adresse_a_confirmer_recoit_de_quoi_le_faire_et_aucun_lien(dupont):
    dupont.titulaire.email = "jean@nouvelle.example"
    dupont.titulaire.save()
    Courriel.objects.all().delete()
    assert envoyer_liens("jean@nouvelle.example") == 0
    assert Courriel.objects.get().gabarit == "adresse_a_confirmer"


@pytest.mark.parametrize("autre", ["gabarit", "destinataire", "compte"])
def test_ce_qui_attend_pour_autre_chose_ne_tient_pas_lieu_de_lien(dupont, martin, autre):
    attend = {"gabarit": "mot_de_passe", "destinataire": JEAN, "contexte": {"compte": dupont.compte.pk}}
    attend |= {
        "gabarit": {"gabarit": "message_nouveau"},
        "destinataire": {"destinataire": "jean@ancienne.example"},
        "compte": {"contexte": {"compte": martin.compte.pk}},
    }[autre]
    Courriel.objects.create(cle="autre", sujet="Autre chose", **attend)
    assert envoyer_liens(JEAN) == 1


def test_un_lien_que_l_on_ne_peut_deposer_se_redemande_aussitot(dupont, monkeypatch):
    def en_panne(courriels: list[Courriel]) -> None:
        raise OSError("le disque est plein")

    with monkeypatch.context() as retouche:
        retouche.setattr("famille.mots_de_passe.lien.deposer", en_panne)
        with pytest.raises(OSError, match="plein"):
            envoyer_liens(JEAN)
    assert envoyer_liens(JEAN) == 1


class TestDepart:
    """`preparer`: what the link says, as its e-mail leaves."""

    def courriel(self, compte: Compte, a: str = JEAN) -> Courriel:
        return Courriel(destinataire=a, gabarit="mot_de_passe", contexte={"compte": compte.pk})

    def test_il_dit_l_identifiant_et_combien_de_temps_il_vaut(self, client, dupont, martin):
        dit = preparer(self.courriel(dupont.compte))
        assert (dit["identifiant"], dit["duree_minutes"]) == ("dupont", 60)
        assert _valable(client, dit["chemin"])

    @pytest.mark.parametrize(("ecrite", "deposee"), [(JEAN.upper(), JEAN), (JEAN, JEAN.upper())])
    def test_les_capitales_d_une_adresse_ne_l_arretent_pas(self, dupont, ecrite, deposee):
        Responsable.objects.filter(pk=dupont.titulaire.pk).update(email=ecrite)
        assert preparer(self.courriel(dupont.compte, deposee))["identifiant"] == "dupont"

    def test_un_compte_supprime_depuis_n_en_recoit_pas(self, dupont, martin):
        courriel = self.courriel(dupont.compte)
        dupont.titulaire.delete()
        dupont.compte.delete()
        with pytest.raises(SansObjet, match="fermé"):
            preparer(courriel)

    def test_ni_un_compte_ferme_ni_une_autre_adresse(self, dupont):
        with pytest.raises(SansObjet, match="a changé"):
            preparer(self.courriel(dupont.compte, "jean@ancienne.example"))
        Compte.objects.filter(pk=dupont.compte.pk).update(is_active=False)
        with pytest.raises(SansObjet, match="fermé"):
            preparer(self.courriel(dupont.compte))

    def test_ni_une_adresse_qui_n_est_pas_confirmee(self, dupont):
        Responsable.objects.filter(pk=dupont.titulaire.pk).update(email_confirme_le=None)
        with pytest.raises(SansObjet, match="pas encore confirmée"):
            preparer(self.courriel(dupont.compte))


def test_qui_porte_le_courrier_sait_faire_les_deux_liens(monkeypatch):
    """A process that only carries e-mails has imported neither page nor verb of the accounts."""
    connues: dict = {}
    monkeypatch.setattr("courriels.redaction.PREPARATIONS", connues)
    apps.get_app_config("famille").ready()
    assert set(connues) == {"mot_de_passe", "adresse_a_confirmer"}


@pytest.mark.django_db(transaction=True)
def test_deux_demandes_a_la_fois_ne_font_qu_un_lien():
    compte = CompteFactory(email=JEAN)
    tenir = Compte.objects.select_for_update(no_key=True)
    requete, envoyes = attendre_que(lambda: tenir.get(pk=compte.pk), lambda: envoyer_liens(JEAN))
    assert requete.startswith("SELECT"), "its turn comes before it reads when the last link was sent"
    assert envoyes == 1
    assert Courriel.objects.count() == 1
