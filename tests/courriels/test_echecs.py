"""An e-mail that does not leave: tried again, or given up and told to the agents."""

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from courriels.depot import relancer
from courriels.echecs import DELAIS
from courriels.facteur import Facteur
from courriels.models import Courriel

from .fabriques import ecrire, seul

pytestmark = pytest.mark.django_db


def test_un_refus_passager_est_retente_de_plus_en_plus_tard(smtp):
    smtp.reponse = lambda adresses: "451 Try later"
    ecrire()
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


def test_une_boite_inconnue_est_abandonnee_et_n_arrete_pas_les_autres(smtp):
    ecrire("inconnu@example.org", "a")
    ecrire("jean@example.org", "b")
    assert Facteur().tournee() == 1
    echec = Courriel.objects.en_echec().get()
    assert echec.destinataire == "inconnu@example.org"
    assert "Unknown mailbox" in echec.erreur


def test_un_gabarit_manquant_n_arrete_pas_les_autres(smtp):
    ecrire("a@example.org", "a", gabarit="gabarit_absent")
    ecrire()
    assert Facteur().tournee() == 1
    assert smtp.adresses == ["jean@example.org"]


def test_un_serveur_absent_arrete_la_tournee_sans_user_les_autres(smtp, settings):
    settings.EMAIL_PORT = 1
    for n in range(3):
        ecrire(f"a{n}@example.org", f"cle {n}")
    assert Facteur().tournee() == 0
    assert list(Courriel.objects.order_by("pk").values_list("essais", flat=True)) == [1, 0, 0]
    assert Courriel.objects.en_echec().count() == 0


def test_l_agent_relance_ce_qui_a_ete_abandonne(smtp, django_capture_on_commit_callbacks):
    ecrire()
    Courriel.objects.update(prochain_essai=None, essais=7)
    with django_capture_on_commit_callbacks(execute=True):
        assert relancer(Courriel.objects.all()) == 1
    assert smtp.adresses == ["jean@example.org"]
    assert relancer(Courriel.objects.all()) == 0


def test_la_commande_reprend_ce_qui_attend(smtp, capsys):
    ecrire()
    call_command("reprendre_envois")
    assert smtp.adresses == ["jean@example.org"]
    assert capsys.readouterr().out == "0\u00a0famille, 1\u00a0courriel\n"
