"""The outbox: never lost, never twice, on a real SMTP conversation."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from messagerie.courriels import DELAIS, Courriel, Facteur
from tests.fabriques import FamilleFactory, ResponsableFactory

CONTEXTE = {"chemin": "/messages/12/"}


def deposer(adresse: str = "jean@example.org", cle: str = "essai:1") -> None:
    Courriel.deposer(adresse, "Vous avez un nouveau message", "message_nouveau", CONTEXTE, cle)


def seul() -> Courriel:
    return Courriel.objects.get()


@pytest.mark.django_db
class TestDepot:
    def test_un_depot_part_apres_la_transaction(self, smtp, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            deposer()
            assert smtp.recus == []
        assert smtp.adresses == ["jean@example.org"]
        assert seul().envoye_le is not None

    def test_la_meme_cle_ne_part_qu_une_fois(self, smtp, django_capture_on_commit_callbacks):
        for _ in range(3):
            with django_capture_on_commit_callbacks(execute=True):
                deposer()
        assert smtp.adresses == ["jean@example.org"]

    def test_une_transaction_annulee_n_ecrit_a_personne(self, smtp):
        with transaction.atomic():
            deposer()
            transaction.set_rollback(True)
        Facteur().tournee()
        assert smtp.recus == []

    def test_seuls_les_responsables_qui_l_autorisent(self, dupont, martin):
        for foyer in (dupont, martin):
            Courriel.deposer_pour(foyer.famille, "Bonjour", "message_nouveau", CONTEXTE, f"essai:{foyer.famille.pk}")
        assert [courriel.destinataire for courriel in Courriel.objects.all()] == ["jean.dupont@wanadoo.fr"]

    def test_deux_parents_autorises_ont_chacun_le_leur(self):
        famille = FamilleFactory()
        for role in ("titulaire", "conjoint"):
            ResponsableFactory(famille=famille, role=role, email=f"{role}@example.org", autorisation_courriel=True)
        Courriel.deposer_pour(famille, "Bonjour", "message_nouveau", CONTEXTE, "essai")
        assert {courriel.destinataire for courriel in Courriel.objects.all()} == {
            "titulaire@example.org",
            "conjoint@example.org",
        }

    def test_envoye_et_a_envoyer_s_excluent(self):
        deposer()
        with pytest.raises(IntegrityError), transaction.atomic():
            Courriel.objects.update(envoye_le=timezone.now())


@pytest.mark.django_db
class TestContenu:
    @pytest.fixture
    def recu(self, smtp, settings):
        settings.PORTAIL_ADRESSE = "https://portail.example/"
        deposer()
        Facteur().tournee()
        return smtp.recus[0]

    def test_il_vient_du_centre(self, recu):
        assert str(recu["From"]) == "Centre social Les Tilleuls <accueil@saint-jean.example>"
        assert recu["Auto-Submitted"] == "auto-generated"

    def test_texte_et_html_menent_au_portail(self, recu):
        texte = recu.get_body(["plain"]).get_content()
        html = recu.get_body(["html"]).get_content()
        assert "https://portail.example/messages/12/" in texte
        assert '<a href="https://portail.example/messages/12/">Lire le message</a>' in html

    def test_un_sujet_ne_glisse_pas_d_en_tete(self, smtp):
        Courriel.deposer("a@example.org", "Bonjour\nBcc: tous@example.org", "message_nouveau", CONTEXTE, "x")
        Facteur().tournee()
        assert smtp.recus == []
        assert seul().erreur.startswith("BadHeaderError")


@pytest.mark.django_db
class TestEchecs:
    def test_un_refus_passager_est_retente_de_plus_en_plus_tard(self, smtp):
        smtp.reponse = lambda adresses: "451 Try later"
        deposer()
        attentes = []
        with time_machine.travel(timezone.now(), tick=False) as horloge:
            for _ in range(len(DELAIS) + 1):
                Facteur().tournee()
                courriel = seul()
                if courriel.prochain_essai:
                    attentes.append(courriel.prochain_essai - timezone.now())
                    horloge.move_to(courriel.prochain_essai)
        assert tuple(attentes) == DELAIS
        assert courriel.est_en_echec
        assert courriel.essais == len(DELAIS) + 1

    def test_une_boite_inconnue_est_abandonnee_et_n_arrete_pas_les_autres(self, smtp):
        deposer("inconnu@example.org", "a")
        deposer("jean@example.org", "b")
        assert Facteur().tournee() == 1
        echec = Courriel.objects.en_echec().get()
        assert echec.destinataire == "inconnu@example.org"
        assert "Unknown mailbox" in echec.erreur

    def test_un_gabarit_manquant_n_arrete_pas_les_autres(self, smtp):
        Courriel.deposer("a@example.org", "Bonjour", "gabarit_absent", {}, "a")
        deposer()
        assert Facteur().tournee() == 1
        assert smtp.adresses == ["jean@example.org"]

    def test_un_serveur_absent_arrete_la_tournee_sans_user_les_autres(self, smtp, settings):
        settings.EMAIL_PORT = 1
        for n in range(3):
            deposer(f"a{n}@example.org", f"cle {n}")
        assert Facteur().tournee() == 0
        assert list(Courriel.objects.order_by("pk").values_list("essais", flat=True)) == [1, 0, 0]
        assert Courriel.objects.en_echec().count() == 0

    def test_l_agent_relance_ce_qui_a_ete_abandonne(self, smtp, django_capture_on_commit_callbacks):
        deposer()
        Courriel.objects.update(prochain_essai=None, essais=7)
        with django_capture_on_commit_callbacks(execute=True):
            assert Courriel.objects.relancer() == 1
        assert smtp.adresses == ["jean@example.org"]
        assert Courriel.objects.relancer() == 0

    def test_la_commande_reprend_ce_qui_attend(self, smtp, capsys):
        from django.core.management import call_command

        deposer()
        call_command("reprendre_envois")
        assert smtp.adresses == ["jean@example.org"]
        assert capsys.readouterr().out == "0\u00a0famille, 1\u00a0courriel\n"


@pytest.mark.django_db(transaction=True)
class TestConcurrence:
    def test_quatre_facteurs_a_la_fois_n_envoient_rien_deux_fois(self, smtp):
        with transaction.atomic():
            Courriel.objects.bulk_create(
                Courriel(
                    cle="lot",
                    destinataire=f"p{n:03}@example.org",
                    sujet="x",
                    gabarit="message_nouveau",
                    contexte=CONTEXTE,
                )
                for n in range(120)
            )
        comptes = []

        def travailler() -> None:
            try:
                comptes.append(Facteur().tournee())
            finally:
                connection.close()

        facteurs = [threading.Thread(target=travailler) for _ in range(4)]
        for facteur in facteurs:
            facteur.start()
        for facteur in facteurs:
            facteur.join()
        assert smtp.adresses == [f"p{n:03}@example.org" for n in range(120)]
        assert sum(comptes) == 120

    def test_un_facteur_qui_meurt_rend_son_courriel(self, smtp, monkeypatch):
        deposer_hors_file()
        monkeypatch.setattr(EmailMultiAlternatives, "send", _mourir)
        with pytest.raises(SystemExit):
            Facteur().tournee()
        monkeypatch.undo()
        assert Courriel.objects.a_envoyer().count() == 1

    def test_le_meme_courriel_porte_toujours_le_meme_identifiant(self, smtp):
        deposer_hors_file()
        Facteur().tournee()
        Courriel.objects.update(envoye_le=None, prochain_essai=timezone.now() - timedelta(seconds=1))
        Facteur().tournee()
        assert len({message["Message-ID"] for message in smtp.recus}) == 1


def deposer_hors_file() -> None:
    """A row that no task was enqueued for."""
    Courriel.objects.create(
        cle="x", destinataire="a@example.org", sujet="x", gabarit="message_nouveau", contexte=CONTEXTE
    )


def _mourir(message) -> None:
    raise SystemExit(1)
