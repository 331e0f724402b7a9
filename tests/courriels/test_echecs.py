"""An e-mail that does not leave: tried again, or given up and told to the agents."""

import smtplib

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from courriels.depot import relancer
from courriels.echecs import DELAIS, RETOUR_DU_SERVEUR, dire, est_definitif, nature
from courriels.facteur import Facteur
from courriels.models import Courriel

from .fabriques import ecrire, seul

pytestmark = pytest.mark.django_db


def test_un_refus_passager_est_retente_de_plus_en_plus_tard(smtp):
    smtp.reponse = lambda adresses: "451 Try later"
    ecrire()
    attentes = []
    with time_machine.travel(timezone.now(), tick=False) as horloge:
        for _ in range(len(DELAIS) + 30):
            Facteur().tournee()
            courriel = seul()
            attentes.append(courriel.prochain_essai - timezone.now())
            horloge.move_to(courriel.prochain_essai)
        assert tuple(attentes) == DELAIS + DELAIS[-1:] * 30
        smtp.reponse = lambda adresses: "250 OK"
        Facteur().tournee()
    assert smtp.adresses == ["jean@example.org"]


def test_un_serveur_absent_trois_jours_ne_perd_rien_et_n_attend_pas_une_fois_revenu(smtp, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for n in range(3):
        ecrire(f"a{n}@example.org", f"cle {n}")
    with time_machine.travel(timezone.now(), tick=False) as horloge:
        for _ in range(3 * 24 * 4):
            Facteur().tournee()
            horloge.shift(RETOUR_DU_SERVEUR)
        assert Courriel.objects.en_echec().count() == 0
        settings.EMAIL_PORT = port
        horloge.shift(RETOUR_DU_SERVEUR)
        assert Facteur().tournee() == 3


@pytest.mark.parametrize(("reponse", "abandonne"), [("499 Later", False), ("500 No", True), ("554 No", True)])
def test_seul_un_refus_definitif_fait_abandonner(smtp, reponse, abandonne):
    smtp.reponse = lambda adresses: reponse
    ecrire()
    Facteur().tournee()
    assert seul().est_en_echec is abandonne


def test_un_expediteur_refuse_est_l_affaire_du_centre_et_rien_n_est_abandonne(smtp, settings):
    settings.DEFAULT_FROM_EMAIL = "refuse@example.org"
    ecrire()
    Facteur().tournee()
    assert smtp.recus == []
    assert not seul().est_en_echec


def test_le_journal_ne_nomme_personne(smtp, caplog):
    ecrire("inconnu@example.org")
    Facteur().tournee()
    (ligne,) = caplog.messages
    assert ligne == f"E-mail {seul().pk} not sent: SMTPRecipientsRefused 550"


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
    assert capsys.readouterr().out == "0\u00a0famille, 1\u00a0e-mail\n"


@pytest.mark.parametrize(
    ("refus", "definitif"),
    [
        ({"a@example.org": (500, b"")}, True),
        ({"a@example.org": (499, b"")}, False),
        ({"a@example.org": (550, b""), "b@example.org": (450, b"")}, False),
        ({"a@example.org": (550, b""), "b@example.org": (551, b"")}, True),
    ],
)
def test_des_adresses_refusees_le_sont_pour_toujours_si_toutes_le_sont(refus, definitif):
    assert est_definitif(smtplib.SMTPRecipientsRefused(refus)) is definitif


def test_le_journal_dit_les_codes_dans_l_ordre():
    refus = smtplib.SMTPRecipientsRefused({"a@example.org": (552, b""), "b@example.org": (455, b"")})
    assert nature(refus) == "SMTPRecipientsRefused 455 552"
    assert nature(smtplib.SMTPDataError(451, b"Later")) == "SMTPDataError 451"


def test_ce_que_lit_l_agent_tient_en_mille_signes():
    assert len(dire(ValueError("x" * 2000))) == 1000
