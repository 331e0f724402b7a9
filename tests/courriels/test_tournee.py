"""One round of a carrier: one connection, opened and left as it must be; what is held by another is passed over."""

from datetime import timedelta

import pytest
import time_machine
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courriels import taches
from courriels.depot import hater, relancer
from courriels.facteur import Facteur
from courriels.models import Courriel
from courriels.redaction import GROUPES, Groupe, rediger, rediger_ensemble
from tests.attente import passer_sans_attendre

from .fabriques import avis, ecrire, seul

pytestmark = pytest.mark.django_db
JEAN = "jean@example.org"


class Carnet(BaseEmailBackend):
    """Writes what is asked of each connection."""

    faits: list[str]
    nombre: int

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        Carnet.nombre += 1
        self.numero = Carnet.nombre

    def open(self) -> bool:
        self.faits.append(f"{self.numero} ouvre")
        return True

    def close(self) -> None:
        self.faits.append(f"{self.numero} ferme")

    def send_messages(self, messages: list) -> int:
        (message,) = messages
        self.faits.append(f"{self.numero} porte {message.to[0]}")
        if message.to[0].startswith("perdu"):
            raise ValueError
        return 1


@pytest.fixture
def carnet(settings) -> list[str]:
    settings.EMAIL_BACKEND = f"{__name__}.Carnet"
    Carnet.faits, Carnet.nombre = [], 0
    return Carnet.faits


@pytest.fixture
def decisions(monkeypatch) -> None:
    """E-mails that leave together."""
    monkeypatch.setitem(GROUPES, "decisions", Groupe(lambda combien: f"{combien} décisions", "/demandes/"))


def decision(cle: str, a: str = JEAN, *, dossier: int | None = 1, groupe: str = "decisions") -> Courriel:
    courriel = Courriel.a(a, avis(cle, sujet=f"Décision {cle}", groupe=groupe), dossier=dossier)
    courriel.save()
    return courriel


def test_une_tournee_n_a_qu_une_connexion_et_la_ferme(carnet):
    ecrire("a@example.org", "a")
    ecrire("b@example.org", "b")
    assert Facteur().tournee() == 2
    porte = ["1 ouvre", "1 porte a@example.org", "1 ouvre", "1 porte b@example.org", "1 ferme"]
    assert carnet == porte


def test_apres_un_courriel_manque_la_conversation_recommence(carnet):
    ecrire("perdu@example.org", "a")
    assert Facteur().tournee() == 0
    assert carnet == ["1 ouvre", "1 porte perdu@example.org", "1 ferme", "1 ferme"]


@pytest.mark.django_db(transaction=True)
def test_ce_qu_un_autre_facteur_porte_ne_s_attend_pas():
    Courriel.a(JEAN, avis()).save()
    tenir = Courriel.objects.select_for_update()
    assert passer_sans_attendre(tenir.get, Facteur().tournee) == 0
    # Pressed, it is said to wait, and left to whom carries it.
    assert passer_sans_attendre(tenir.get, transaction.atomic(lambda: hater(Courriel.objects.all()))) == 1


class TestEnsemble:
    def test_ceux_d_un_groupe_d_un_dossier_et_d_une_adresse_partent_ensemble(self, decisions):
        un, deux = decision("1"), decision("2")
        for autre in ({"a": "jeanne@example.org"}, {"dossier": 2}, {"groupe": "autres"}, {"groupe": ""}):
            decision(f"autre {autre}", **autre)
        parti = decision("parti")
        parti.partir()
        assert list(un.compagnons()) == [deux]
        assert list(deux.compagnons()) == [un]

    def test_celui_qui_n_est_d_aucun_groupe_part_seul(self):
        un, _ = decision("1", groupe=""), decision("2", groupe="")
        assert list(un.compagnons()) == []

    def test_ils_se_lisent_dans_l_ordre_ou_ils_sont_ecrits(self, decisions, mailoutbox, settings):
        settings.PORTAIL_ADRESSE = "https://portail.example/"
        un, deux, trois = (decision(cle) for cle in "123")
        assert [courriel.pk for courriel in deux.compagnons()] == [un.pk, trois.pk]
        Courriel.objects.filter(pk=deux.pk).update(urgent=True)
        assert Facteur().tournee() == 1
        [message] = mailoutbox
        assert message.subject == "3 décisions"
        rangs = [message.body.index(f"Décision {cle}") for cle in "123"]
        assert rangs == sorted(rangs)
        assert "https://portail.example/demandes/\n" in message.body
        assert message.extra_headers["Message-ID"] == rediger(un).extra_headers["Message-ID"]
        assert not Courriel.objects.en_attente().exists()

    def test_le_premier_parle_pour_tous(self, decisions):
        message = rediger_ensemble([decision("1"), decision("2")])
        assert (message.to, message.subject) == ([JEAN], "2 décisions")

    @pytest.mark.django_db(transaction=True)
    def test_un_compagnon_qu_un_autre_tient_ne_s_attend_pas(self, decisions):
        un, deux = decision("1"), decision("2")
        tenir = Courriel.objects.select_for_update()
        assert passer_sans_attendre(lambda: tenir.get(pk=deux.pk), lambda: Facteur().tournee()) == 1
        un.refresh_from_db()
        assert un.envoye_le is not None

    @pytest.mark.django_db(transaction=True)
    def test_et_celui_que_l_on_tient_n_est_pas_pris_par_un_autre(self, decisions):
        un, deux = decision("1"), decision("2")
        libres = Courriel.objects.select_for_update(skip_locked=True).filter(pk=deux.pk)
        assert passer_sans_attendre(lambda: list(un.compagnons()), transaction.atomic(lambda: list(libres))) == []


def test_un_courriel_part_apres_avoir_attendu_ce_qu_il_doit():
    with time_machine.travel("2015-04-08 07:30Z", tick=False):
        attend = Courriel.a(JEAN, avis(attend=timedelta(minutes=10)))
        assert attend.prochain_essai == timezone.now() + timedelta(minutes=10)


def test_un_courriel_parti_n_est_pas_un_echec():
    ecrire()
    courriel = seul()
    assert not courriel.est_en_echec
    courriel.partir()
    assert not courriel.est_en_echec


def test_celui_qui_a_manque_une_fois_est_a_surveiller():
    ecrire()
    assert not Courriel.objects.a_surveiller().exists()
    Courriel.objects.update(essais=1)
    assert Courriel.objects.a_surveiller().get() == seul()


def test_sans_adresse_du_portail_un_courriel_mene_a_l_accueil(settings):
    settings.PORTAIL_ADRESSE = "https://portail.example/"
    courriel = Courriel.a(JEAN, avis(contexte={}))
    assert "https://portail.example/\n" in rediger(courriel).body


def test_son_identifiant_tient_en_quarante_signes(settings):
    settings.CENTRE_COURRIEL = "accueil@saint-jean.example"
    identifiant = rediger(Courriel.a(JEAN, avis())).extra_headers["Message-ID"]
    assert identifiant.endswith("@saint-jean.example>")
    assert len(identifiant) == len("<@saint-jean.example>") + 40


def test_un_courriel_relance_recommence_de_zero(mailoutbox, django_capture_on_commit_callbacks):
    ecrire()
    Courriel.objects.update(prochain_essai=None, essais=7)
    relancer(Courriel.objects.all())
    assert seul().essais == 0


def test_un_courriel_presse_part_aussitot(mailoutbox, django_capture_on_commit_callbacks):
    ecrire()
    Courriel.objects.update(prochain_essai=timezone.now() + timedelta(hours=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert hater(Courriel.objects.all()) == 1
    assert [message.to for message in mailoutbox] == [[JEAN]]


class TestFile:
    """Over the real queue."""

    @pytest.fixture(autouse=True)
    def _file(self, settings):
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        with time_machine.travel("2015-04-08 07:30Z", tick=False):
            yield

    def test_elle_revient_des_que_le_premier_manque_est_du(self, monkeypatch):
        dus = [timezone.now() + timedelta(minutes=n) for n in (5, 1, 30)]

        class Manque(Facteur):
            def tournee(self, au_plus: int | None = None) -> int:
                self.a_reprendre = dus
                return 0

        monkeypatch.setattr(taches, "Facteur", Manque)
        assert taches.distribuer.call() == 0
        assert DBTaskResult.objects.get().run_after == dus[1]


def test_une_file_qui_ne_sait_pas_attendre_ne_l_essaie_pas(monkeypatch):
    class Manque(Facteur):
        def tournee(self, au_plus: int | None = None) -> int:
            self.a_reprendre = [timezone.now() + timedelta(minutes=1)]
            return 0

    monkeypatch.setattr(taches, "Facteur", Manque)
    assert taches.distribuer.call() == 0
