"""The queue of requests on the agents’ desk."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from demandes.models import Demande
from famille.models import Compte
from planning.models import PlacesDuJour
from tests.demandes.bureau import FILE, numeros, page, rangees
from tests.demandes.jours import MERCREDIS, declarer_absent, demander
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
    assert numeros(bureau.get(FILE, {"q": "1" * 5000})) == []
    Demande.objects.filter(pk=impots.pk).update(deposee_le=impots.deposee_le - timedelta(days=3))
    assert numeros(bureau.get(FILE, {"depuis": "2"})) == [impots.pk]
    assert numeros(bureau.get(FILE, {"depuis": "7"})) == []


def test_chaque_rangee_dit_de_qui_de_quoi_et_qui_s_en_occupe_puis_comment_c_est_fini(
    bureau, dupont, mercredi, inscrire, agent, jeudi_2_avril
):
    mobile, jours = changer_de_mobile(dupont), demander(dupont, inscrire(mercredi), MERCREDIS[:1])
    jours.prendre_en_charge(par=agent)
    famille = "DUPONT (1001001818331)"
    assert rangees(bureau.get(FILE)) == [
        [f"N° {mobile.pk}, Informations responsable", famille, "Mobile : 06 01 02 03 04", "—", "à l’instant", "—"],
        [
            f"N° {jours.pk}, Réservations",
            f"{famille}, Léa",
            "ALSH Mercredi journée : le 08/04/2015",
            "—",
            "à l’instant",
            "Alice MAIRIE",
        ],
    ]
    jeudi_2_avril.move_to("2015-04-07T08:00:00+02:00")
    mobile.refuser(par=agent, motif="Non.")
    jours.refuser(par=agent, motif="Non.")
    bureau.force_login(agent)  # the session of last week is over
    reponse = bureau.get(FILE, {"etat": "toutes"})
    assert rangees(reponse) == [
        [
            f"N° {jours.pk}, Réservations",
            f"{famille}, Léa",
            "ALSH Mercredi journée : le 08/04/2015",
            "2 avril 2015 08:00",
            "Refusée",
        ],
        [
            f"N° {mobile.pk}, Informations responsable",
            famille,
            "Mobile : 06 01 02 03 04",
            "2 avril 2015 08:00",
            "Refusée",
        ],
    ]


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


def marques(bureau: Client, agent: Compte) -> list[str]:
    bureau.force_login(agent)  # the session of days ago is over
    return [rangee[3] for rangee in rangees(bureau.get(FILE))]


def test_plusieurs_jours_sont_marques_de_ce_qui_presse_le_plus(
    bureau, dupont, mercredi, inscrire, agent, jeudi_2_avril
):
    mercredi.hors_delai_autorise, mercredi.delai_reservation_jours = True, 4
    mercredi.save()
    demander(dupont, inscrire(mercredi), MERCREDIS[:2])
    for jour, places in zip(MERCREDIS[:2], (1, 0), strict=True):
        PlacesDuJour.objects.create(prestation=mercredi, jour=jour, places=places)
    assert marques(bureau, agent) == ["Hors délai · Complet"]
    jeudi_2_avril.move_to("2015-04-06T08:00:00+02:00")
    assert marques(bureau, agent) == ["Proche : 08/04/2015 · Hors délai · Complet"]


def test_un_jour_ferme_ne_compte_pas_dans_le_delai_qui_marque(bureau, dupont, mercredi, inscrire, agent, jeudi_2_avril):
    mercredi.hors_delai_autorise, mercredi.delai_reservation_jours, mercredi.delai_reservation_heure = True, 3, time(7)
    mercredi.save()
    inscription = inscrire(mercredi)
    # Easter Monday is between; then the Ascension.
    demander(dupont, inscription, [date(2015, 4, 8)])
    jeudi_2_avril.move_to("2015-05-12T08:00:00+02:00")
    demander(dupont, inscription, [date(2015, 5, 20)])
    demander(dupont, inscription, [date(2016, 6, 1)])
    assert marques(bureau, agent) == ["Proche : 08/04/2015 · Hors délai", "Hors délai", "—"]


def test_une_absence_un_jour_complet_n_est_pas_marquee(bureau, dupont, mercredi, inscrire, agent, jeudi_2_avril):
    inscription = inscrire(mercredi)
    inscription.reserver(MERCREDIS[:1], par=agent)
    PlacesDuJour.objects.create(prestation=mercredi, jour=MERCREDIS[0], places=0)
    declarer_absent(dupont, inscription, MERCREDIS[:1])
    assert marques(bureau, agent) == ["—"]


def test_une_inscription_supprimee_depuis_ne_cache_pas_la_file(
    bureau, dupont, mercredi, inscrire, agent, jeudi_2_avril
):
    inscription = inscrire(mercredi)
    demander(dupont, inscription, MERCREDIS[:1])
    inscription.reservations.all().delete()
    inscription.delete()
    assert marques(bureau, agent) == ["—"]


def test_ce_qu_ecrit_un_parent_ne_s_execute_pas_chez_l_agent(bureau, dupont):
    demande = deposer(dupont, "responsable", employeur="<script>alert(1)</script>")
    for url in (page(demande), FILE):
        html = bureau.get(url).content.decode()
        assert escape("<script>alert(1)</script>") in html
        assert "<script>alert(1)" not in html
