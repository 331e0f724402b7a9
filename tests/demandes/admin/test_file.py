"""The queue of requests on the agents’ desk."""

from datetime import date, timedelta

import pytest
from django.utils.html import escape

from demandes.models import Demande
from tests.demandes.bureau import FILE, numeros, page
from tests.demandes.jours import MERCREDIS, demander
from tests.demandes.outils import changer_de_mobile, deposer, requetes

pytestmark = pytest.mark.django_db


def test_la_file_montre_ce_qui_attend_les_plus_anciennes_d_abord(bureau, dupont, martin, agent, time_machine):
    time_machine.move_to("2015-04-08 09:00 +0200")
    premiere = changer_de_mobile(martin)
    time_machine.move_to("2015-04-08 10:00 +0200")
    seconde = changer_de_mobile(dupont)
    deposer(dupont, "fiscales", parts="2").refuser(par=agent, motif="Non.")
    assert numeros(bureau.get(FILE)) == [premiere.pk, seconde.pk]


@pytest.mark.parametrize(
    ("plus_tard", "dit"),
    [
        (timedelta(seconds=20), "à l’instant"),
        (timedelta(minutes=1), "il y a 1\u00a0minute"),
        (timedelta(days=3), "il y a 3\u00a0jours"),
    ],
)
def test_la_file_dit_depuis_quand_elle_attend(bureau, dupont, agent, time_machine, plus_tard, dit):
    demande = changer_de_mobile(dupont)
    time_machine.move_to(demande.deposee_le + plus_tard, tick=False)
    bureau.force_login(agent)  # the session of three days ago is over
    assert f">{dit}<" in bureau.get(FILE).content.decode()


def test_la_file_se_filtre_et_se_cherche(bureau, dupont, martin, agent):
    mobile, impots = changer_de_mobile(martin), deposer(dupont, "fiscales", parts="2")
    # A number that is no part of a famille's.
    Demande.objects.filter(pk=impots.pk).update(id=4567)
    impots = Demande.objects.get(pk=4567)
    impots.prendre_en_charge(par=agent)
    assert numeros(bureau.get(FILE, {"type": "fiscales"})) == [impots.pk]
    assert numeros(bureau.get(FILE, {"etat": "moi"})) == [impots.pk]
    assert numeros(bureau.get(FILE, {"etat": "libres"})) == [mobile.pk]
    assert numeros(bureau.get(FILE, {"q": "Martin"})) == [mobile.pk]
    assert numeros(bureau.get(FILE, {"q": str(impots.pk)})) == [impots.pk]


def test_la_file_ne_dechiffre_rien(direction, dupont, monkeypatch):
    deposer(dupont, "sanitaires", dupont.enfants[0], allergies="Noisette")
    deposer(dupont, "bancaires", iban="FR76 3000 6000 0112 3456 7890 189")
    lectures = []
    monkeypatch.setattr("socle.chiffrement.Secret.en_clair", lambda secret: lectures.append(secret) or "{}")
    reponse = direction.get(FILE)
    assert len(numeros(reponse)) == 2
    assert lectures == []


def test_la_file_ne_fait_pas_plus_de_requetes_pour_plus_de_demandes(
    bureau, dupont, martin, mercredi, inscrire, jeudi_2_avril
):
    inscription = inscrire(mercredi)
    demander(dupont, inscription, MERCREDIS[:1])
    changer_de_mobile(martin)
    requetes(bureau, FILE)  # the first page of a session writes it
    peu = requetes(bureau, FILE)
    for jour in MERCREDIS[1:]:
        demander(dupont, inscription, [jour])
        changer_de_mobile(martin, f"06000000{jour.day:02}")
    assert len(numeros(bureau.get(FILE))) == 10
    assert requetes(bureau, FILE) == peu


def test_la_file_marque_ce_qui_presse(bureau, dupont, mercredi, inscrire, jeudi_2_avril):
    mercredi.places, mercredi.hors_delai_autorise, mercredi.delai_reservation_jours = 1, True, 30
    mercredi.save()
    demander(dupont, inscrire(mercredi), [date(2015, 4, 8)])
    jeudi_2_avril.move_to("2015-04-07T08:00:00+02:00")
    html = bureau.get(FILE).content.decode()
    assert "Proche\u00a0: 08/04/2015 · Hors délai · 1\u00a0place, demandée par cette famille" in html


def test_ce_qu_ecrit_un_parent_ne_s_execute_pas_chez_l_agent(bureau, dupont):
    demande = deposer(dupont, "responsable", employeur="<script>alert(1)</script>")
    for url in (page(demande), FILE):
        html = bureau.get(url).content.decode()
        assert escape("<script>alert(1)</script>") in html
        assert "<script>alert(1)" not in html
