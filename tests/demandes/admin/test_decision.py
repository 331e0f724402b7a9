"""The page of a request on the agents’ desk: the decision, and who may not."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from courriels.models import Courriel
from demandes.models import Decision, Demande, MotifUsuel
from famille.models import LectureConfidentielle
from planning.models import Prestation
from tests.demandes.bureau import FILE, adresse, numeros, page, vu
from tests.demandes.jours import MERCREDIS, codes, declarer_absent, demander, etats
from tests.demandes.outils import MOBILE, changer_de_mobile, deposer
from tests.planning.admin.outils import phrases

pytestmark = pytest.mark.django_db


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


def test_la_suivante_est_celle_d_apres_puis_on_reprend_la_file_par_son_debut(bureau, dupont, time_machine):
    def a(heure: str, n: int) -> Demande:
        time_machine.move_to(f"2015-04-08 {heure} +0200", tick=False)
        return changer_de_mobile(dupont, f"060102030{n}")

    def suivante(demande: Demande) -> str:
        return bureau.post(adresse("refus", demande), {"precision": "Non."}).url

    ensemble = [a("10:00", n) for n in range(3)]
    derniere, premiere = a("11:00", 3), a("09:00", 4)
    assert suivante(ensemble[1]) == page(ensemble[2])
    assert suivante(ensemble[2]) == page(derniere)
    assert suivante(derniere) == page(premiere)
    assert suivante(premiere) == page(ensemble[0])


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


def test_prendre_en_charge_se_voit(bureau, direction, dupont, agent):
    demande = changer_de_mobile(dupont)
    reponse = bureau.post(adresse("prise_en_charge", demande), follow=True)
    assert Demande.objects.get().prise_en_charge_par == agent
    assert phrases(reponse) == ["Vous vous occupez de cette demande."]
    assert LogEntry.objects.get().change_message == "Prise en charge."
    assert "Prendre en charge" not in reponse.text
    assert "Reprendre à" not in reponse.text
    assert "Reprendre à Alice MAIRIE" in direction.get(page(demande)).text


def test_on_ne_prend_plus_en_charge_une_demande_decidee(bureau, dupont, agent):
    demande = changer_de_mobile(dupont)
    demande.refuser(par=agent, motif="Non.")
    [phrase] = phrases(bureau.post(adresse("prise_en_charge", demande), follow=True))
    assert phrase.startswith(f"La demande n° {demande.pk} a déjà été refusée")
    assert not LogEntry.objects.exists()


def test_un_jour_refuse_dans_la_page_les_autres_acceptes(bureau, dupont, mercredi, inscrire, jeudi_2_avril):
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription)
    parts = {f"part-{code}": "accepter" for code in codes(inscription, MERCREDIS)} | {"vu": vu(bureau, demande)}
    parts[f"part-{inscription.pk}:2015-05-06"] = "refuser"
    html = bureau.post(adresse("acceptation", demande), parts).content.decode()
    assert "Indiquez le motif" in html
    # As it was sent: the reason that was missing is all that is left to write.
    assert html.count('<option value="refuser" selected>') == 1
    assert re.search(r'name="part-\d+:2015-05-06"[^>]*>\s*<option value="accepter">.*?"refuser" selected', html, re.S)
    bureau.post(adresse("acceptation", demande), parts | {"precision": "Sortie complète."})
    assert etats(inscription) == ["reservee", "reservee", "refusee", "reservee", "reservee"]


def test_renoncer_a_une_acceptation_rend_la_page_comme_elle_etait(
    bureau, dupont, mercredi, inscrire, jeudi_2_avril, agent
):
    mercredi.places = 1
    mercredi.save()
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription)
    Prestation.objects.filter(pk=mercredi.pk).update(places=0)
    saisie = {f"part-{code}": "accepter" for code in codes(inscription, MERCREDIS)} | {"vu": vu(bureau, demande)}
    saisie |= {f"part-{inscription.pk}:2015-05-06": "refuser", "precision": "Sortie complète."}
    question = bureau.post(adresse("acceptation", demande), saisie)
    assert 'name="renoncer"' in question.text
    html = bureau.post(adresse("acceptation", demande), saisie | {"renoncer": "oui"}).text
    assert "Rien n’a changé" in html
    assert html.count('<option value="refuser" selected>') == 1
    assert "Sortie complète." in html
    assert not Decision.objects.exists()


def test_tous_les_jours_refuses_font_une_demande_refusee(bureau, dupont, mercredi, inscrire, jeudi_2_avril):
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription)
    parts = {f"part-{code}": "refuser" for code in codes(inscription, MERCREDIS)}
    bureau.post(adresse("acceptation", demande), parts | {"precision": "Complet."})
    assert Decision.objects.get().verdict == Decision.Verdict.REFUSEE
    assert etats(inscription) == ["refusee"] * 5


def test_refuser_tout_ce_qui_peut_encore_l_etre_refuse_la_demande(
    bureau, dupont, agent, mercredi, inscrire, jeudi_2_avril
):
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription, MERCREDIS[:2])
    jeudi_2_avril.move_to("2015-04-08T08:00:00+02:00")
    demande.expirer(MERCREDIS[0])
    bureau.force_login(agent)  # the session of last week is over
    refus = {f"part-{inscription.pk}:2015-04-29": "refuser", "precision": "Complet."}
    bureau.post(adresse("acceptation", demande), refus | {"vu": vu(bureau, demande)})
    assert Decision.objects.get().verdict == Decision.Verdict.REFUSEE


def test_un_jour_etranger_accepte_avec_tous_les_autres_refuses_ne_decide_rien(
    bureau, dupont, mercredi, inscrire, jeudi_2_avril
):
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription, MERCREDIS[:1])
    envoi = {f"part-{inscription.pk}:2015-04-08": "refuser", f"part-{inscription.pk}:2015-04-30": "accepter"}
    reponse = bureau.post(adresse("acceptation", demande), envoi | {"precision": "Complet.", "vu": vu(bureau, demande)})
    assert "Ce qui est décidé n’est pas dans cette demande" in reponse.text
    assert not Decision.objects.exists()


@pytest.mark.parametrize("geste", ["prise_en_charge", "acceptation", "refus"])
def test_rien_ne_se_decide_sans_le_droit_ni_par_un_lien(client, bureau, agent_sans_droit, dupont, geste):
    demande = changer_de_mobile(dupont)
    assert bureau.get(adresse(geste, demande)).status_code == 403
    assert bureau.post(page(demande), {"vu": vu(bureau, demande)}).status_code == 403
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
    assert not LectureConfidentielle.objects.exists()


def test_lire_une_demande_de_sante_est_note(direction, directrice, dupont):
    (lea,) = dupont.enfants
    demande = deposer(dupont, "sanitaires", lea, allergies="Noisette")
    assert "Noisette" in direction.get(page(demande)).content.decode()
    lecture = LectureConfidentielle.objects.get()
    assert (lecture.enfant, lecture.par) == (lea, directrice)


def test_un_courriel_par_decision_pas_par_clic(bureau, dupont):
    demande = changer_de_mobile(dupont)
    empreinte = vu(bureau, demande)
    for _ in range(3):
        bureau.post(adresse("acceptation", demande), {"vu": empreinte})
    assert Courriel.objects.filter(cle=f"demande:{demande.pk}:decision").count() == 1


@pytest.mark.parametrize("geste", ["acceptation", "refus"])
def test_la_page_revient_avec_ce_qui_etait_choisi_de_chaque_jour(
    bureau, dupont, agent, mercredi, inscrire, jeudi_2_avril, geste
):
    inscription = inscrire(mercredi)
    inscription.reserver(MERCREDIS[1:], par=agent)
    demande = declarer_absent(dupont, inscription, MERCREDIS[1:])
    choix = dict(zip(codes(inscription, MERCREDIS[1:]), ["facturer", "excuser", "refuser", "facturer"], strict=True))
    envoi = {f"part-{code}": option for code, option in choix.items()} | {"vu": vu(bureau, demande)}
    reponse = bureau.post(adresse(geste, demande), envoi)
    assert {part.code: part.defaut for part in reponse.context["page"].parts} == choix
    assert demande.est_en_attente


def test_un_motif_trop_long_revient_avec_sa_phrase(bureau, dupont):
    demande = changer_de_mobile(dupont)
    html = bureau.post(adresse("refus", demande), {"precision": "x" * 501}).content.decode()
    assert "au plus 500" in html
    assert "x" * 501 in html


@pytest.mark.parametrize(
    ("part", "option"),
    [
        ("{ailleurs}:2015-04-29", "refuser"),
        ("{ailleurs}:2015-04-29", "accepter"),
        ("{ici}:2015-04-30", "refuser"),
        ("n’importe quoi", "refuser"),
        ("{ici}:2015-04-29", "facturer"),
        ("{ici}:2015-04-29", ""),
    ],
)
def test_on_ne_decide_que_des_jours_de_la_demande(
    bureau, dupont, mercredi, apres_midi, inscrire, jeudi_2_avril, part, option
):
    inscription, autre = inscrire(mercredi), inscrire(apres_midi)
    demande = demander(dupont, inscription, MERCREDIS[:2])
    code = part.format(ici=inscription.pk, ailleurs=autre.pk)
    envoi = {f"part-{code}": option, "precision": "Complet.", "vu": vu(bureau, demande)}
    envoi |= {f"part-{inscription.pk}:2015-04-08": "accepter"}
    reponse = bureau.post(adresse("acceptation", demande), envoi)
    assert "Ce qui est décidé n’est pas dans cette demande" in reponse.content.decode()
    assert not Decision.objects.exists()
    assert etats(inscription, MERCREDIS[:2]) == ["demandee", "demandee"]


@pytest.mark.parametrize("code", ["reservation", "responsable"])
def test_rien_ne_s_accepte_sans_dire_ce_que_l_on_a_vu(bureau, dupont, mercredi, inscrire, jeudi_2_avril, code):
    demande = changer_de_mobile(dupont) if code == "responsable" else demander(dupont, inscrire(mercredi))
    for envoi in ({}, {"vu": ""}, {"vu": "autre chose"}):
        assert "La fiche a changé" in bureau.post(adresse("acceptation", demande), envoi).content.decode()
    assert not Decision.objects.exists()


def test_un_jour_refuse_seul_ou_etranger_ne_refuse_pas_les_autres(bureau, dupont, mercredi, inscrire, jeudi_2_avril):
    inscription = inscrire(mercredi)
    demande = demander(dupont, inscription, MERCREDIS[:2])
    envoi = {"precision": "Complet.", "vu": vu(bureau, demande)}
    bureau.post(adresse("acceptation", demande), envoi | {"part-autre": "refuser"})
    assert not Decision.objects.exists()
    bureau.post(adresse("acceptation", demande), envoi | {f"part-{inscription.pk}:2015-04-08": "refuser"})
    assert etats(inscription, MERCREDIS[:2]) == ["refusee", "reservee"]
