"""What the famille is told: once, in the inbox and by e-mail, whatever it said of information."""

import re

import pytest

from courriels.models import Courriel
from demandes.annonces.jours import nommer
from demandes.genre.parts import Part
from demandes.models import Demande
from messagerie.models import Message
from tests.demandes.jours import MERCREDIS, codes, demander
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile, deposer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sans_attendre")]


@pytest.fixture
def executer(django_capture_on_commit_callbacks):
    """What a commit sets off."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_le_depot_est_accuse_avec_son_numero_et_sa_date(dupont, executer, mailoutbox, time_machine):
    time_machine.move_to("2015-04-08 14:05 +0200")
    with executer():
        demande = changer_de_mobile(dupont)
    (courriel,) = mailoutbox
    assert courriel.to == ["jean.dupont@wanadoo.fr"]
    assert courriel.subject == f"Accusé de réception de votre demande n°\u00a0{demande.numero}"
    assert "le 08/04/2015 à 14\u00a0h\u00a005" in courriel.body
    assert f"/demandes/{demande.pk}/" in courriel.body


def test_la_decision_fait_un_message_et_un_courriel(dupont, agent, executer, mailoutbox):
    demande = changer_de_mobile(dupont)
    with executer():
        accepter_telle_quelle(demande, par=agent)
    sujets = [courriel.subject for courriel in mailoutbox]
    assert sujets.count(f"Votre demande n°\u00a0{demande.numero} est acceptée") == 1
    message = Message.objects.get(fil__famille=dupont.famille)
    assert message.fil.sujet == f"Votre demande n°\u00a0{demande.numero} est acceptée"
    assert re.search(r"» du \d\d/\d\d/\d{4} a été acceptée le", message.texte)  # of no child: no aside


def test_le_motif_du_refus_est_dit(dupont, agent, executer, mailoutbox):
    demande = changer_de_mobile(dupont)
    with executer():
        demande.refuser(par=agent, motif="Numéro incomplet.")
    assert "Motif\u00a0: Numéro incomplet." in mailoutbox[-1].body
    assert "Motif\u00a0: Numéro incomplet." in Message.objects.get().texte


def test_le_motif_d_un_refus_de_sante_ne_sort_pas_du_portail(dupont, directrice, executer, mailoutbox):
    demande = deposer(dupont, "sanitaires", dupont.enfants[0], allergies="Noisette")
    with executer():
        demande.refuser(par=directrice, motif="L’ordonnance du Dr PETIT manque.")
    textes = [*(courriel.body for courriel in mailoutbox), Message.objects.get().texte]
    assert not [texte for texte in textes if "ordonnance" in texte or "Noisette" in texte]


def test_accuse_et_decision_partent_meme_si_les_courriels_d_information_sont_refuses(
    dupont, agent, executer, mailoutbox
):
    dupont.titulaire.autorisation_courriel = False
    dupont.titulaire.save()
    with executer():
        accepter_telle_quelle(changer_de_mobile(dupont), par=agent)
    assert [courriel.to for courriel in mailoutbox] == [["jean.dupont@wanadoo.fr"]] * 2
    assert Message.objects.filter(fil__famille=dupont.famille).count() == 1


@pytest.mark.usefixtures("jeudi_2_avril")
def test_un_message_ne_nomme_pas_trois_cents_jours(dupont, mercredis, agent, monkeypatch):
    monkeypatch.setattr("demandes.annonces.jours.NOMMES", 1)
    demande = demander(dupont, mercredis, MERCREDIS[:3])
    accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, MERCREDIS[:2]), motif="Complet.")
    texte = Message.objects.get(fil__famille=dupont.famille).texte
    assert "Refusés\u00a0:\n– mercredi 8 avril 2015, ALSH Mercredi journée\n– et 1\u00a0autre jour\n" in texte


def test_un_mois_de_jours_est_nomme_en_entier():
    def nommes(jours: int) -> list[str]:
        return nommer([Part(str(n), f"jour {n}") for n in range(1, jours + 1)])

    assert nommes(31)[-1] == "jour 31"
    assert nommes(32)[-2:] == ["jour 31", "et 1\u00a0autre jour"]


def test_un_retrait_ne_previent_personne(dupont, executer, mailoutbox):
    demande = changer_de_mobile(dupont)
    Courriel.objects.all().delete()
    with executer():
        demande.retirer(par=dupont.compte)
    assert (mailoutbox, Message.objects.count()) == ([], 0)


def test_une_demande_annulee_par_une_panne_n_envoie_rien(dupont, executer, mailoutbox, monkeypatch):
    monkeypatch.setattr("demandes.models.demande.accuser_reception", _panne)
    with executer(), pytest.raises(RuntimeError):
        changer_de_mobile(dupont)
    assert (mailoutbox, Courriel.objects.count(), Demande.objects.count()) == ([], 0, 0)


def _panne(demande, contenu):
    raise RuntimeError("The machine stops here.")
