"""Ten decisions in an hour make one e-mail, that names each; the messages of the inbox are there at once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from courriels.models import Courriel
from courriels.taches import distribuer
from messagerie.models import Message
from tests.demandes.jours import demander
from tests.demandes.outils import accepter_telle_quelle, changer_de_mobile, deposer

pytestmark = pytest.mark.django_db


@pytest.fixture
def horloge(time_machine):
    time_machine.move_to("2015-04-02 08:00 +0200", tick=False)
    return time_machine


def avancer(horloge, **duree) -> None:
    horloge.move_to(timezone.now() + timedelta(**duree), tick=False)
    distribuer.call()


def test_dix_decisions_en_une_heure_font_un_courriel(dupont, agent, horloge, mailoutbox):
    demandes = [changer_de_mobile(dupont, f"06010203{n:02}") for n in range(10)]
    Courriel.objects.all().delete()
    for demande in demandes[:9]:
        accepter_telle_quelle(demande, par=agent) if demande.pk % 2 else demande.refuser(par=agent, motif="Doublon.")
        avancer(horloge, minutes=6)
    demandes[9].refuser(par=agent, motif="Le dernier motif.")
    assert mailoutbox == []
    assert Message.objects.count() == 10
    avancer(horloge, minutes=6)
    (courriel,) = mailoutbox
    assert courriel.subject == "Le centre a répondu à 10 de vos demandes"
    places = [courriel.body.index(f"/demandes/{demande.pk}/") for demande in demandes]
    assert places == sorted(places)
    assert "Motif\u00a0: Le dernier motif." in courriel.body
    html = courriel.alternatives[0].content
    assert all(demande.get_absolute_url() in html for demande in demandes)
    assert not Courriel.objects.en_attente().exists()
    avancer(horloge, hours=3)
    assert len(mailoutbox) == 1


def test_une_decision_seule_garde_son_courriel(dupont, agent, horloge, mailoutbox):
    demande = changer_de_mobile(dupont)
    Courriel.objects.all().delete()
    accepter_telle_quelle(demande, par=agent)
    avancer(horloge, minutes=59)
    assert mailoutbox == []
    avancer(horloge, minutes=1)
    (courriel,) = mailoutbox
    assert courriel.subject == f"Votre demande n°\u00a0{demande.pk} est acceptée"


def test_un_jour_proche_n_attend_que_quelques_minutes_et_emmene_les_autres(
    dupont, mercredis, lea, directrice, horloge, mailoutbox
):
    # Places are asked for while it is time; the answer comes on the eve.
    demande, autre = demander(dupont, mercredis, [date(2015, 4, 8)]), changer_de_mobile(dupont)
    horloge.move_to("2015-04-07 09:00 +0200", tick=False)
    Courriel.objects.all().delete()
    accepter_telle_quelle(autre, par=directrice)
    accepter_telle_quelle(demande, par=directrice)
    avancer(horloge, minutes=5)
    (courriel,) = mailoutbox
    assert courriel.subject == "Le centre a répondu à 2 de vos demandes"


def test_un_jour_qui_vient_dans_trois_jours_attend_comme_un_autre(dupont, mercredis, directrice, horloge, mailoutbox):
    demande = demander(dupont, mercredis, [date(2015, 4, 8)])
    horloge.move_to("2015-04-05 09:00 +0200", tick=False)
    Courriel.objects.all().delete()
    accepter_telle_quelle(demande, par=directrice)
    avancer(horloge, minutes=59)
    assert mailoutbox == []


def test_chaque_adresse_et_chaque_famille_a_le_sien(dupont, martin, agent, horloge, mailoutbox):
    for foyer in (dupont, martin):
        for n in range(2):
            accepter_telle_quelle(changer_de_mobile(foyer, f"060102031{n}"), par=agent)
    Courriel.objects.filter(cle__endswith=":depot").delete()
    avancer(horloge, hours=1)
    assert sorted(courriel.to[0] for courriel in mailoutbox) == [
        "jean.dupont@wanadoo.fr",
        "sophie.martin@example.org",
    ]


def test_ce_qui_ne_part_pas_repart_ensemble(dupont, agent, horloge, mailoutbox, monkeypatch):
    demandes = [changer_de_mobile(dupont), deposer(dupont, "responsable", profession="Maire")]
    Courriel.objects.all().delete()
    for demande in demandes:
        accepter_telle_quelle(demande, par=agent)
    with monkeypatch.context() as panne:
        panne.setattr("courriels.facteur.rediger_ensemble", _panne)
        avancer(horloge, hours=1)
    assert Courriel.objects.en_attente().count() == 2
    avancer(horloge, minutes=10)
    assert [courriel.subject for courriel in mailoutbox] == ["Le centre a répondu à 2 de vos demandes"]


def _panne(courriels):
    raise RuntimeError("The machine stops here.")
