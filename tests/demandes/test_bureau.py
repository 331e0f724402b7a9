"""The agents' desk: the queue, a page for each request, the decision, and who may not."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from courriels.models import Courriel
from demandes.models import Decision, Demande, MotifUsuel
from famille.models import LectureSante
from tests.demandes.outils import MOBILE, changer_de_mobile, deposer
from tests.demandes.test_reservations import MERCREDIS, codes, demander, etats

pytestmark = pytest.mark.django_db
FILE = reverse("admin:demandes_demande_changelist")


def page(demande: Demande) -> str:
    return reverse("admin:demandes_demande_change", args=[demande.pk])


def adresse(geste: str, demande: Demande) -> str:
    return reverse(f"admin:demandes_demande_{geste}", args=[demande.pk])


@pytest.fixture
def bureau(client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def direction(directrice) -> Client:
    client = Client()
    client.force_login(directrice)
    return client


def vu(client: Client, demande: Demande) -> str:
    return client.get(page(demande)).context["page"].vu


def numeros(reponse) -> list[int]:
    return [demande.pk for demande in reponse.context["cl"].result_list]


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


def test_l_agent_voit_l_ancien_et_le_nouveau_et_accepte(bureau, dupont, agent):
    demande = changer_de_mobile(dupont)
    html = bureau.get(page(demande)).content.decode()
    assert re.search(r"Mobile</th>\s*<td>—</td>\s*<td>—</td>\s*<td><strong>06\s01\s02\s03\s04", html)
    reponse = bureau.post(adresse("acceptation", demande), {"vu": vu(bureau, demande)}, follow=True)
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.mobile == MOBILE
    assert Decision.objects.get().par == agent
    assert f"La demande n°\u00a0{demande.pk} est acceptée." in reponse.content.decode()
    assert LogEntry.objects.get().change_message == "Demande acceptée."


def test_la_suivante_s_ouvre_apres_chaque_decision_puis_la_file(bureau, dupont, martin):
    premiere, seconde = changer_de_mobile(dupont), changer_de_mobile(martin)
    reponse = bureau.post(adresse("acceptation", premiere), {"vu": vu(bureau, premiere)})
    assert reponse.url == page(seconde)
    assert bureau.post(adresse("acceptation", seconde), {"vu": vu(bureau, seconde)}).url == FILE


def test_un_refus_a_un_motif_usuel_une_precision_ou_les_deux(bureau, dupont):
    demande = changer_de_mobile(dupont)
    assert "Indiquez le motif" in bureau.post(adresse("refus", demande)).content.decode()
    usuel = MotifUsuel.objects.create(texte="Il manque une pièce.")
    bureau.post(adresse("refus", demande), {"usuel": usuel.texte, "precision": "L’attestation CAF."})
    assert Decision.objects.get().motif == "Il manque une pièce. L’attestation CAF."


def test_le_second_agent_est_averti_de_qui_a_decide(bureau, dupont, directrice):
    demande = changer_de_mobile(dupont)
    empreinte = vu(bureau, demande)
    demande.refuser(par=directrice, motif="Non.")
    reponse = bureau.post(adresse("acceptation", demande), {"vu": empreinte})
    assert "par Diane MAIRIE" in reponse.content.decode()
    dupont.titulaire.refresh_from_db()
    assert dupont.titulaire.mobile == ""


def test_une_fiche_changee_entre_temps_fait_regarder_de_nouveau(bureau, dupont):
    demande = changer_de_mobile(dupont)
    empreinte = vu(bureau, demande)
    dupont.titulaire.mobile = "06 99 99 99 99"
    dupont.titulaire.save()
    html = bureau.post(adresse("acceptation", demande), {"vu": empreinte}).content.decode()
    assert "La fiche a changé" in html
    assert "(a changé)" in html
    assert not Decision.objects.exists()


def test_prendre_en_charge_se_voit(bureau, dupont, agent):
    demande = changer_de_mobile(dupont)
    bureau.post(adresse("prise_en_charge", demande))
    assert Demande.objects.get().prise_en_charge_par == agent
    assert "Prendre en charge" not in bureau.get(page(demande)).content.decode()


def test_un_jour_refuse_dans_la_page_les_autres_acceptes(bureau, dupont, mercredi, inscrire, jeudi_2_avril):
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription)
    parts = {f"part-{code}": "accepter" for code in codes(inscription, MERCREDIS)}
    parts[f"part-{inscription.pk}:2015-05-06"] = "refuser"
    assert "Indiquez le motif" in bureau.post(adresse("acceptation", demande), parts).content.decode()
    bureau.post(adresse("acceptation", demande), parts | {"precision": "Sortie complète."})
    assert etats(inscription) == ["reservee", "reservee", "refusee", "reservee", "reservee"]


def test_tous_les_jours_refuses_font_une_demande_refusee(bureau, dupont, mercredi, inscrire, jeudi_2_avril):
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription)
    parts = {f"part-{code}": "refuser" for code in codes(inscription, MERCREDIS)}
    bureau.post(adresse("acceptation", demande), parts | {"precision": "Complet."})
    assert Decision.objects.get().verdict == Decision.Verdict.REFUSEE
    assert etats(inscription) == ["refusee"] * 5


def test_plusieurs_a_la_fois_et_ce_qu_il_faut_lire_est_laisse(direction, dupont, martin):
    (lea,) = dupont.enfants
    simple, conflit = changer_de_mobile(dupont), changer_de_mobile(martin, "0612345678")
    sante = deposer(dupont, "sanitaires", lea, allergies="Noisette")
    martin.titulaire.mobile = "06 99 99 99 99"
    martin.titulaire.save()
    choix = {"action": "accepter_la_selection", "_selected_action": [simple.pk, conflit.pk, sante.pk]}
    html = direction.post(FILE, choix, follow=True).content.decode()
    assert list(Demande.objects.acceptees()) == [simple]
    assert f"n°\u00a0{conflit.pk}\u00a0: la fiche a changé" in html
    assert f"n°\u00a0{sante.pk} est confidentielle" in html
    assert "1\u00a0demande acceptée." in html


def test_plusieurs_refus_demandent_un_motif(bureau, dupont, martin):
    demandes = [changer_de_mobile(dupont), changer_de_mobile(martin)]
    choix = {"action": "refuser_la_selection", "_selected_action": [d.pk for d in demandes]}
    assert "Motif usuel" in bureau.post(FILE, choix).content.decode()
    assert not Decision.objects.exists()
    bureau.post(FILE, choix | {"confirmer": "Refuser", "precision": "Dossier clos."})
    assert set(Decision.objects.values_list("motif", flat=True)) == {"Dossier clos."}


@pytest.mark.parametrize("geste", ["prise_en_charge", "acceptation", "refus"])
def test_rien_ne_se_decide_sans_le_droit_ni_par_un_lien(client, bureau, agent_sans_droit, dupont, geste):
    demande = changer_de_mobile(dupont)
    assert bureau.get(adresse(geste, demande)).status_code == 403
    stagiaire = Client()
    stagiaire.force_login(agent_sans_droit)
    assert stagiaire.post(adresse(geste, demande), {"precision": "Non."}).status_code == 403
    parent = Client()
    parent.force_login(dupont.compte)
    assert parent.post(adresse(geste, demande), {"precision": "Non."}).status_code == 403
    assert not Decision.objects.exists()
    assert Demande.objects.get().prise_en_charge_le is None


@pytest.mark.parametrize("geste", ["acceptation", "refus", "change"])
def test_l_accueil_ne_voit_ni_ne_decide_la_sante_ni_la_banque(bureau, dupont, geste):
    (lea,) = dupont.enfants
    sante = deposer(dupont, "sanitaires", lea, allergies="Noisette")
    banque = deposer(dupont, "bancaires", banque="Crédit local")
    assert numeros(bureau.get(FILE)) == []
    for demande in (sante, banque):
        reponse = bureau.get(page(demande)) if geste == "change" else bureau.post(adresse(geste, demande))
        assert reponse.status_code == 403
    assert not LectureSante.objects.exists()


def test_lire_une_demande_de_sante_est_note(direction, directrice, dupont):
    (lea,) = dupont.enfants
    demande = deposer(dupont, "sanitaires", lea, allergies="Noisette")
    assert "Noisette" in direction.get(page(demande)).content.decode()
    lecture = LectureSante.objects.get()
    assert (lecture.enfant, lecture.par) == (lea, directrice)


def test_la_file_ne_dechiffre_rien(direction, dupont, monkeypatch):
    deposer(dupont, "sanitaires", dupont.enfants[0], allergies="Noisette")
    deposer(dupont, "bancaires", iban="FR76 3000 6000 0112 3456 7890 189")
    lectures = []
    monkeypatch.setattr("socle.chiffrement.Secret.en_clair", lambda secret: lectures.append(secret) or "{}")
    reponse = direction.get(FILE)
    assert len(numeros(reponse)) == 2
    assert lectures == []


def _requetes(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captees:
        assert client.get(url).status_code == 200
    return len(captees)


def test_la_file_ne_fait_pas_plus_de_requetes_pour_plus_de_demandes(
    bureau, dupont, martin, mercredi, inscrire, jeudi_2_avril
):
    inscription = inscrire(mercredi)
    demander(dupont, inscription, MERCREDIS[:1])
    changer_de_mobile(martin)
    _requetes(bureau, FILE)  # the first page of a session writes it
    peu = _requetes(bureau, FILE)
    for jour in MERCREDIS[1:]:
        demander(dupont, inscription, [jour])
        changer_de_mobile(martin, f"06000000{jour.day:02}")
    assert len(numeros(bureau.get(FILE))) == 10
    assert _requetes(bureau, FILE) == peu


def test_la_file_marque_ce_qui_presse(bureau, dupont, mercredi, inscrire, jeudi_2_avril):
    mercredi.places, mercredi.hors_delai_autorise, mercredi.delai_reservation_jours = 1, True, 30
    mercredi.save()
    demander(dupont, inscrire(mercredi), [date(2015, 4, 8)])
    jeudi_2_avril.move_to("2015-04-07T08:00:00+02:00")
    html = bureau.get(FILE).content.decode()
    assert "Proche\u00a0: 08/04/2015 · Hors délai · Complet" in html


def test_ce_qu_ecrit_un_parent_ne_s_execute_pas_chez_l_agent(bureau, dupont):
    demande = deposer(dupont, "responsable", employeur="<script>alert(1)</script>")
    for url in (page(demande), FILE):
        html = bureau.get(url).content.decode()
        assert escape("<script>alert(1)</script>") in html
        assert "<script>alert(1)" not in html


def test_un_courriel_par_decision_pas_par_clic(bureau, dupont):
    demande = changer_de_mobile(dupont)
    empreinte = vu(bureau, demande)
    for _ in range(3):
        bureau.post(adresse("acceptation", demande), {"vu": empreinte})
    assert Courriel.objects.filter(cle=f"demande:{demande.pk}:decision").count() == 1
