"""Requests, conversations and e-mails go two years after they are over."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage

from courriels.models import Courriel
from demandes.models import Decision, Demande
from demandes.models import Piece as PieceDeDemande
from messagerie.models import Fil, Message
from tests.portail.conservation.outils import DE_JUSTESSE, PASSE, PDF, un_fil, une_demande


def test_une_demande_decidee_depuis_plus_de_deux_ans_part_avec_ses_pieces(dupont, agent, purger):
    demande = une_demande(dupont, PASSE, agent)
    piece = PieceDeDemande.depuis(PDF)
    piece.demande = demande
    piece.save()
    assert default_storage.exists(piece.fichier.name)
    purger()
    assert (Demande.objects.count(), Decision.objects.count()) == (0, 0)
    assert not default_storage.exists(piece.fichier.name)


@pytest.mark.parametrize("decidee_le", [DE_JUSTESSE, None], ids=["décidée il y a deux ans", "en attente"])
def test_une_demande_recente_ou_en_attente_reste(dupont, agent, purger, decidee_le):
    demande = une_demande(dupont, decidee_le, agent)
    dit = purger()
    assert Demande.objects.get() == demande
    assert ("1, qui attendent encore une décision" in dit) is (decidee_le is None)


def test_une_conversation_finie_depuis_plus_de_deux_ans_part_avec_ses_pieces(dupont, agent, purger):
    fil = un_fil(dupont, PASSE, agent)
    piece = fil.messages.first().pieces.get()
    purger()
    assert (Fil.objects.count(), Message.objects.count()) == (0, 0)
    assert not default_storage.exists(piece.fichier.name)


def test_une_conversation_qui_attend_une_reponse_reste_si_vieille_soit_elle(dupont, agent, purger):
    fil = un_fil(dupont, datetime(2009, 1, 5, tzinfo=UTC), agent, repondu=False)
    assert "1, qui attendent encore une réponse" in purger()
    assert Fil.objects.get() == fil
    assert fil.messages.get().pieces.count() == 1


def test_une_conversation_reprise_il_y_a_deux_ans_reste_entiere(dupont, agent, purger):
    fil = un_fil(dupont, PASSE, agent)
    with time_machine.travel(DE_JUSTESSE, tick=False):
        fil.repondre("Et bonne journée.", par=agent)
    purger()
    assert fil.messages.count() == 3


def test_une_conversation_classee_recemment_reste(dupont, agent, purger):
    """Its last message is old, but its treatment ended yesterday: only the agents' history knows."""
    fil = un_fil(dupont, datetime(2009, 1, 5, tzinfo=UTC), agent, repondu=False)
    fil.classer()
    contenu = ContentType.objects.get_for_model(Fil)
    LogEntry.objects.create(user=agent, content_type=contenu, object_id=str(fil.pk), action_flag=CHANGE)
    assert "1, qu’un agent a suivies ou classées depuis" in purger()
    assert Fil.objects.get() == fil


def test_un_courriel_parti_depuis_deux_ans_part_et_non_celui_qui_n_est_jamais_parti(dupont, agent, purger):
    un_fil(dupont, PASSE, agent)
    Courriel.objects.update(envoye_le=PASSE, prochain_essai=None)
    with time_machine.travel(PASSE, tick=False):
        Courriel.objects.create(destinataire="a@b.fr", sujet="x", gabarit="y", cle="z", prochain_essai=None)
    assert "1, qui ne sont jamais partis" in purger()
    assert Courriel.objects.get().cle == "z"
