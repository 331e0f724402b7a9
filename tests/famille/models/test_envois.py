"""What a famille may send in a day: requests, messages, bytes of files; beyond, a sentence, and nothing is kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from demandes.models import Demande
from famille.models import EnvoisDuJour, Famille
from famille.models.envois import QuotaAtteint
from messagerie.models import Fil, Message, Piece
from tests.demandes.outils import PDF, changer_de_mobile, saisir

pytestmark = pytest.mark.django_db
NOUVEAU = reverse("messagerie:nouveau")


@pytest.fixture
def peu(settings) -> None:
    settings.QUOTA_DEMANDES, settings.QUOTA_MESSAGES, settings.QUOTA_FICHIERS = 2, 2, 1


def gros_pdf(octets: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", PDF.replace(b"<<>>", b"<<>>" + b" " * octets, 1))


def lire(html: str) -> str:
    return html.replace("\xa0", " ")


def test_une_demande_de_trop_est_refusee_avec_sa_phrase_et_sa_saisie(client, dupont, peu):
    client.force_login(dupont.compte)
    for mobile in ("06 01 02 03 04", "06 01 02 03 05"):
        changer_de_mobile(dupont, mobile)

    champs = saisir(dupont, "responsable", mobile="06 01 02 03 06", profession="Luthier")
    reponse = client.post(reverse("demandes:nouvelle", args=["responsable"]), champs)

    html = lire(reponse.content.decode())
    assert reponse.status_code == 422
    assert "Vous avez déjà envoyé 2 demandes aujourd’hui, le maximum pour une journée" in html
    assert "appelez le centre au 05 61 00 00 00" in html
    assert "Luthier" in html
    assert Demande.objects.count() == 2


def test_le_lendemain_on_envoie_de_nouveau(dupont, peu):
    with time_machine.travel("2015-04-02T23:59:00+02:00", tick=False) as temps:
        EnvoisDuJour.compter(dupont.famille, demandes=2, octets=900_000)
        with pytest.raises(QuotaAtteint), transaction.atomic():
            EnvoisDuJour.compter(dupont.famille, demandes=1)
        temps.move_to("2015-04-03T00:00:00+02:00")
        EnvoisDuJour.compter(dupont.famille, demandes=1, octets=900_000)

    envois = EnvoisDuJour.objects.get()
    assert (envois.demandes, envois.messages, envois.octets) == (1, 0, 900_000)


def test_un_message_de_trop_garde_son_texte_et_la_reponse_compte_aussi(client, dupont, peu):
    client.force_login(dupont.compte)
    client.post(NOUVEAU, {"sujet": "Un", "texte": "Bonjour."})
    conversation = Fil.objects.get().get_absolute_url()
    client.post(conversation, {"texte": "Encore."})

    for adresse in (NOUVEAU, conversation):
        html = lire(client.post(adresse, {"sujet": "Trois", "texte": "Et encore <b>."}).content.decode())
        assert "Vous avez déjà envoyé 2 messages aujourd’hui" in html
        assert "Et encore &lt;b&gt;." in html
    assert (Fil.objects.count(), Message.objects.count()) == (1, 2)


def test_les_fichiers_des_demandes_et_des_messages_pesent_ensemble(client, dupont, peu):
    client.force_login(dupont.compte)
    client.post(NOUVEAU, {"sujet": "Un", "texte": "Bonjour.", "pieces": [gros_pdf(700_000)]})
    champs = saisir(dupont, "fiscales") | {"avec-pieces": [gros_pdf(700_000)]}

    html = lire(client.post(reverse("demandes:nouvelle", args=["fiscales"]), champs).content.decode())

    assert "Vos fichiers pèseraient plus de 1 Mo aujourd’hui, le maximum pour une journée" in html
    assert (Piece.objects.count(), Demande.objects.count()) == (1, 0)
    # Without a file, the rest goes on.
    changer_de_mobile(dupont)


def test_la_famille_voisine_n_en_est_pas_genee(dupont, martin, peu):
    EnvoisDuJour.compter(dupont.famille, demandes=2)
    changer_de_mobile(martin)

    assert Demande.objects.filter(famille=martin.famille).count() == 1


def test_le_centre_repond_autant_qu_il_faut(dupont, agent, peu):
    fil = Fil.ecrire_au_centre(dupont.titulaire, "Un", "Bonjour.")
    for n in range(4):
        fil.repondre(f"Réponse {n}", par=agent)

    assert fil.messages.count() == 5


def test_ce_qui_n_a_pas_ete_enregistre_ne_compte_pas(client, dupont, peu):
    client.force_login(dupont.compte)
    faux = saisir(dupont, "responsable", code_postal="314")
    for _ in range(4):
        client.post(reverse("demandes:nouvelle", args=["responsable"]), faux)

    assert not EnvoisDuJour.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_deux_onglets_a_la_fois_ne_passent_pas_la_limite(dupont, settings):
    settings.QUOTA_MESSAGES = 5

    def ecrire(n: int) -> bool:
        try:
            with transaction.atomic():
                EnvoisDuJour.compter(Famille(pk=dupont.famille.pk), messages=1)
        except QuotaAtteint:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as ensemble:
        assert sorted(ensemble.map(ecrire, range(8))) == [False] * 3 + [True] * 5


def test_la_limite_s_atteint_et_ne_se_depasse_pas(dupont, peu):
    for quoi, au_plus in (("demandes", 2), ("messages", 2), ("octets", 1024 * 1024)):
        EnvoisDuJour.compter(dupont.famille, **{quoi: au_plus})
        with pytest.raises(QuotaAtteint), transaction.atomic():
            EnvoisDuJour.compter(dupont.famille, **{quoi: 1})
    envois = EnvoisDuJour.objects.get()
    assert (envois.demandes, envois.messages, envois.octets) == (2, 2, 1024 * 1024)


def test_ce_qui_n_est_pas_envoye_ne_se_compte_pas(dupont):
    EnvoisDuJour.compter(dupont.famille)
    envois = EnvoisDuJour.objects.get()
    assert (envois.demandes, envois.messages, envois.octets) == (0, 0, 0)


def test_une_limite_depassee_n_arrete_que_ce_qu_elle_limite(dupont, peu, settings):
    """The town has lowered all three since this morning."""
    limites = {"demandes": "QUOTA_DEMANDES", "messages": "QUOTA_MESSAGES", "octets": "QUOTA_FICHIERS"}
    EnvoisDuJour.compter(dupont.famille, demandes=1, messages=1, octets=1024 * 1024)
    for quoi in limites:
        for autre, limite in limites.items():
            setattr(settings, limite, 9 if autre == quoi else 0)
        EnvoisDuJour.compter(dupont.famille, **{quoi: 1})
    envois = EnvoisDuJour.objects.get()
    assert (envois.demandes, envois.messages, envois.octets) == (2, 2, 1024 * 1024 + 1)


@pytest.mark.parametrize(("telephone", "ou"), [("05 61 00 00 00", " au 05\u00a061\u00a000\u00a000\u00a000"), ("", "")])
def test_le_refus_dit_combien_jusqu_a_quand_et_qui_appeler(dupont, peu, settings, telephone, ou):
    settings.CENTRE_TELEPHONE = telephone
    with pytest.raises(QuotaAtteint) as refus:
        EnvoisDuJour.compter(dupont.famille, messages=3)
    assert str(refus.value) == (
        "Vous avez déjà envoyé 2\u00a0messages aujourd’hui, le maximum pour une journée\u00a0: rien de plus n’est "
        f"enregistré. Envoyez la suite demain, ou appelez le centre{ou}."
    )
