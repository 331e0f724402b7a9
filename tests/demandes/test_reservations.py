"""« Demande de réservation » and « Déclaration d’absence », from the form to the cells of the planning."""

from datetime import date

import pytest
from django.urls import reverse

from demandes.erreurs import NeTientPlus
from demandes.models import Demande
from demandes.suivi.parts import parts_suivies
from demandes.types import GENRES
from messagerie.models import Message
from planning.models import Fermeture, Inscription
from planning.regles.etats import Etat
from tests.demandes.outils import deposer

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
MERCREDIS = [date(2015, 4, 8), date(2015, 4, 29), date(2015, 5, 6), date(2015, 5, 20), date(2015, 5, 27)]


@pytest.fixture
def mercredis(mercredi, inscrire) -> Inscription:
    return inscrire(mercredi)


def codes(inscription: Inscription, jours: list[date]) -> list[str]:
    return [f"{inscription.pk}:{jour.isoformat()}" for jour in jours]


def demander(foyer, inscription: Inscription, jours: list[date] = MERCREDIS) -> Demande:
    contenu = GENRES.pour("reservation")(foyer.famille, foyer.enfants[0], {"jours": codes(inscription, jours)})
    assert contenu.is_valid(), contenu.errors
    return Demande.deposer(contenu, par=foyer.compte)


def declarer_absent(foyer, inscription: Inscription, jours: list[date]) -> Demande:
    envoi = {"jours": codes(inscription, jours), "raison": "Mariage"}
    contenu = GENRES.pour("absence")(foyer.famille, foyer.enfants[0], envoi)
    assert contenu.is_valid(), contenu.errors
    return Demande.deposer(contenu, par=foyer.compte)


def etats(inscription: Inscription, jours: list[date] = MERCREDIS) -> list[str]:
    return [journee.etat for journee in inscription.journees(jours)]


def test_une_demande_de_cinq_jours_apparait_aussitot_en_attente(dupont, mercredis):
    demande = demander(dupont, mercredis)
    assert etats(mercredis) == [Etat.DEMANDEE] * 5
    assert demande.genre.resume(demande) == "ALSH Mercredi journée\u00a0: 5\u00a0jours, du 08/04/2015 au 27/05/2015"


def test_cinq_jours_dont_un_refuse_quatre_reserves_un_motif(dupont, mercredis, agent):
    demande = demander(dupont, mercredis)
    demande.accepter(par=agent, sauf=codes(mercredis, [MERCREDIS[2]]), motif="Sortie complète.")
    assert etats(mercredis) == [Etat.RESERVEE, Etat.RESERVEE, Etat.REFUSEE, Etat.RESERVEE, Etat.RESERVEE]
    assert [j.motif for j in mercredis.journees(MERCREDIS)] == ["", "", "Sortie complète.", "", ""]
    demande.refresh_from_db()
    assert demande.decision.motif == "Sortie complète."


def test_la_famille_lit_quel_jour_n_a_pas_ete_accepte(dupont, mercredis, agent, client):
    demande = demander(dupont, mercredis, MERCREDIS[:3])
    demande.accepter(par=agent, sauf=codes(mercredis, [MERCREDIS[1]]), motif="Sortie complète.")
    message = Message.objects.get(fil__famille=dupont.famille)
    assert message.fil.sujet == f"Votre demande n°\u00a0{demande.numero} est acceptée en partie"
    assert (
        "Toutefois, 1\u00a0jour n’a pas été accepté\u00a0: mercredi 29 avril 2015, ALSH Mercredi journée."
        in message.texte
    )
    client.force_login(dupont.compte)
    page = client.get(demande.get_absolute_url())
    assert [(part.libelle, part.avancement.texte) for part in page.context["parts"]] == [
        ("mercredi 8 avril 2015, ALSH Mercredi journée", "Accepté"),
        ("mercredi 29 avril 2015, ALSH Mercredi journée", "Refusé"),
        ("mercredi 6 mai 2015, ALSH Mercredi journée", "Accepté"),
    ]
    assert page.context["frise"][-1].quoi == "Demande acceptée en partie"
    client.force_login(agent)
    bureau = client.get(reverse("admin:demandes_demande_change", args=[demande.pk]))
    assert [part.avancement.texte for part in bureau.context["page"].parts] == ["Accepté", "Refusé", "Accepté"]


def test_chaque_jour_d_une_demande_refusee_le_dit_et_rien_n_est_dit_de_ceux_d_une_demande_retiree(
    dupont, mercredis, agent
):
    demande = demander(dupont, mercredis, MERCREDIS[:2])
    assert [part.avancement for part in parts_suivies(demande, demande.contenu())] == [None, None]
    demande.refuser(par=agent, motif="Complet.")
    demande = Demande.objects.get()
    assert [part.avancement.texte for part in parts_suivies(demande, demande.contenu())] == ["Refusé", "Refusé"]
    retiree = demander(dupont, mercredis, MERCREDIS[2:3])
    retiree.retirer(par=dupont.compte)
    retiree = Demande.objects.get(pk=retiree.pk)
    assert [part.avancement for part in parts_suivies(retiree, retiree.contenu())] == [None]


def test_un_message_ne_nomme_pas_trois_cents_jours(dupont, mercredis, agent, monkeypatch):
    monkeypatch.setattr("demandes.annonces.decision.REFUSEES_NOMMEES", 1)
    demande = demander(dupont, mercredis, MERCREDIS[:3])
    demande.accepter(par=agent, sauf=codes(mercredis, MERCREDIS[:2]), motif="Complet.")
    texte = Message.objects.get(fil__famille=dupont.famille).texte
    assert "acceptés\u00a0: mercredi 8 avril 2015, ALSH Mercredi journée\u00a0; 1\u00a0autre jour." in texte


def test_une_demande_retiree_rend_les_jours_a_ce_qu_ils_etaient(dupont, mercredis, agent):
    demander(dupont, mercredis, MERCREDIS[:1]).refuser(par=agent, motif="Complet.")
    avant = etats(mercredis)
    demander(dupont, mercredis).retirer(par=dupont.compte)
    assert etats(mercredis) == avant == [Etat.REFUSEE, *[Etat.AUCUN] * 4]


def test_une_demande_refusee_se_voit_sur_chaque_jour(dupont, mercredis, agent):
    demander(dupont, mercredis).refuser(par=agent, motif="Complet.")
    assert etats(mercredis) == [Etat.REFUSEE] * 5


def test_une_demande_prise_en_charge_est_en_cours_de_traitement(dupont, mercredis, agent):
    demander(dupont, mercredis).prendre_en_charge(par=agent)
    assert etats(mercredis) == [Etat.EN_COURS] * 5


def test_une_prestation_automatique_decide_aussitot(dupont, garderie, inscrire):
    inscription = inscrire(garderie)
    demande = demander(dupont, inscription, MERCREDIS[:2])
    assert etats(inscription, MERCREDIS[:2]) == [Etat.RESERVEE] * 2
    assert (demande.decision.automatique, demande.decision.auteur) == (True, "validation automatique")


def test_une_demande_ou_tout_n_est_pas_automatique_attend_un_agent(dupont, garderie, mercredis, inscrire):
    matin = inscrire(garderie)
    jours = codes(matin, MERCREDIS[:1]) + codes(mercredis, MERCREDIS[:1])
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0], {"jours": jours})
    assert contenu.is_valid()
    demande = Demande.deposer(contenu, par=dupont.compte)
    assert demande.est_en_attente
    assert [*etats(matin, MERCREDIS[:1]), *etats(mercredis, MERCREDIS[:1])] == [Etat.DEMANDEE] * 2


def test_un_jour_devenu_ferme_ne_s_accepte_plus_mais_se_refuse(dupont, mercredis, agent):
    demande = demander(dupont, mercredis)
    Fermeture.objects.create(du=MERCREDIS[1], au=MERCREDIS[1], motif="travaux")
    with pytest.raises(NeTientPlus, match="travaux"):
        demande.accepter(par=agent)
    assert etats(mercredis) == [Etat.DEMANDEE] * 5
    demande.accepter(par=agent, sauf=codes(mercredis, [MERCREDIS[1]]), motif="Fermé pour travaux.")
    assert etats(mercredis) == [Etat.RESERVEE, Etat.REFUSEE, *[Etat.RESERVEE] * 3]


def test_un_jour_change_entre_temps_n_empeche_pas_de_retirer_le_reste(dupont, mercredis, agent):
    demande = demander(dupont, mercredis)
    mercredis.journee(MERCREDIS[0]).annuler(par=agent)
    with pytest.raises(NeTientPlus, match="a changé entre-temps"):
        demande.accepter(par=agent)
    demande.retirer(par=dupont.compte)
    assert etats(mercredis) == [Etat.AUCUN] * 5


def test_la_page_met_a_part_les_jours_impossibles_et_dit_pourquoi(dupont, mercredis):
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0])
    voulus = contenu.examiner(
        codes(mercredis, [date(2015, 4, 1), date(2015, 4, 6), date(2015, 4, 8), date(2015, 5, 13)])
    )
    assert [(v.jour.day, v.refus.replace("\u00a0", " ")) for v in voulus] == [
        (1, "Le mercredi 1er avril est passé."),
        (6, "Le lundi 6 avril est férié (Lundi de Pâques)."),
        (8, ""),
        (13, "La structure est fermée le mercredi 13 mai : pont de l’Ascension."),
    ]


def test_un_jour_complet_est_mis_a_part(dupont, mercredi, mercredis):
    mercredi.places = 0
    mercredi.save()
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0])
    (voulu,) = contenu.examiner(codes(mercredis, MERCREDIS[:1]))
    assert voulu.refus == "Il n’y a plus de place le mercredi 8 avril."


def test_un_jour_ou_l_enfant_est_attendu_ailleurs_est_mis_a_part(dupont, mercredis, apres_midi, inscrire):
    demander(dupont, mercredis, MERCREDIS[:1])
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0])
    premier, second = contenu.examiner(codes(inscrire(apres_midi), MERCREDIS[:2]))
    assert "attendu ailleurs" in premier.refus
    assert second.refus == ""


def test_deux_activites_aux_memes_heures_le_meme_jour_se_chevauchent_et_c_est_dit(
    dupont, mercredis, apres_midi, inscrire
):
    jours = codes(mercredis, MERCREDIS[:1]) + codes(inscrire(apres_midi), MERCREDIS[:2])
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0], {"jours": jours})
    assert contenu.is_valid()
    with pytest.raises(NeTientPlus) as refus:
        Demande.deposer(contenu, par=dupont.compte)
    assert str(refus.value).replace("\u00a0", " ") == (
        "« ALSH Mercredi journée » et « ALSH Mercredi après-midi » se chevauchent le mercredi 8 avril : "
        "ne gardez que l’une des deux."
    )
    assert not Demande.objects.exists()


@pytest.mark.parametrize("jour", ["2015-04-01", "2015-04-06", "2015-04-09"])
def test_un_jour_passe_ferie_ou_ferme_ne_se_demande_pas_meme_en_forcant(dupont, mercredis, jour):
    envoi = {"jours": [f"{mercredis.pk}:{jour}"]}
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0], envoi)
    assert contenu.is_valid()
    with pytest.raises(NeTientPlus):
        Demande.deposer(contenu, par=dupont.compte)
    assert not Demande.objects.exists()


def test_les_jours_d_une_autre_famille_ne_se_demandent_pas(martin, mercredis):
    envoi = {"jours": codes(mercredis, MERCREDIS[:1])}
    contenu = GENRES.pour("reservation")(martin.famille, martin.enfants[0], envoi)
    assert contenu.errors == {"jours": ["Ces jours ne sont pas de cet enfant."]}
    assert contenu.voulus == []


@pytest.mark.parametrize(
    "code", ["", "1:0001-01-01", "1:9999-12-31", "x:2015-04-08", "1:hier", "1", "99999999999999999999:2015-04-08"]
)
def test_des_jours_illisibles_sont_refuses(dupont, code):
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0], {"jours": [code]})
    assert list(contenu.errors) == ["jours"]


def test_le_meme_jour_ecrit_de_deux_facons_n_est_demande_qu_une_fois(dupont, mercredis):
    envoi = {"jours": [f"{mercredis.pk}:2015-04-08", f"{mercredis.pk}:20150408"]}
    contenu = GENRES.pour("reservation")(dupont.famille, dupont.enfants[0], envoi)
    assert contenu.is_valid()
    assert contenu.changements["jours"] == codes(mercredis, MERCREDIS[:1])


@pytest.fixture
def reserves(dupont, mercredis, agent) -> Inscription:
    mercredis.reserver(MERCREDIS, par=agent)
    return mercredis


def test_une_absence_dans_les_delais_est_excusee(dupont, reserves, agent):
    demande = declarer_absent(dupont, reserves, MERCREDIS[:1])
    assert etats(reserves, MERCREDIS[:1]) == [Etat.ABSENCE_DEMANDEE]
    demande.accepter(par=agent)
    (journee,) = reserves.journees(MERCREDIS[:1])
    assert (journee.etat, journee.motif) == (Etat.ABSENT_EXCUSE, "Mariage")


def test_la_raison_d_une_absence_se_lit_avant_de_decider(dupont, reserves, agent, client):
    demande = declarer_absent(dupont, reserves, MERCREDIS[:1])
    client.force_login(agent)
    page = client.get(reverse("admin:demandes_demande_change", args=[demande.pk]))
    assert [(ligne.libelle, ligne.demande) for ligne in page.context["page"].difference] == [
        ("Raison de l’absence", "Mariage")
    ]
    assert not page.context["page"].en_conflit
    client.force_login(dupont.compte)
    assert "Mariage" in client.get(demande.get_absolute_url()).content.decode()


def test_une_absence_tardive_est_facturee_sauf_si_l_agent_en_decide_autrement(
    dupont, mercredi, reserves, agent, jeudi_2_avril
):
    mercredi.hors_delai_autorise = True
    mercredi.save()
    jeudi_2_avril.move_to("2015-04-08T07:00:00+02:00")
    demande = declarer_absent(dupont, reserves, MERCREDIS[:2])
    parts = {part.code: part.defaut for part in demande.contenu().parts_de(demande)}
    assert list(parts.values()) == ["facturer", "excuser"]
    demande.accepter(par=agent)
    assert etats(reserves, MERCREDIS[:2]) == [Etat.ABSENT_FACTURE, Etat.ABSENT_EXCUSE]


def test_l_agent_excuse_une_absence_tardive(dupont, mercredi, reserves, agent, jeudi_2_avril):
    mercredi.hors_delai_autorise = True
    mercredi.save()
    jeudi_2_avril.move_to("2015-04-08T07:00:00+02:00")
    demande = declarer_absent(dupont, reserves, MERCREDIS[:1])
    demande.accepter(par=agent, choix=dict.fromkeys(codes(reserves, MERCREDIS[:1]), "excuser"))
    assert etats(reserves, MERCREDIS[:1]) == [Etat.ABSENT_EXCUSE]


def test_une_absence_refusee_ou_retiree_laisse_le_jour_reserve(dupont, reserves, agent):
    declarer_absent(dupont, reserves, MERCREDIS[:1]).refuser(par=agent, motif="Trop tard.")
    declarer_absent(dupont, reserves, MERCREDIS[1:2]).retirer(par=dupont.compte)
    assert etats(reserves) == [Etat.RESERVEE] * 5


def test_un_jour_non_reserve_n_a_pas_d_absence(dupont, mercredis):
    with pytest.raises(NeTientPlus, match="pas réservé"):
        declarer_absent(dupont, mercredis, MERCREDIS[:1])


def test_l_agent_est_averti_d_un_jour_tardif_et_d_une_place_rare(dupont, mercredi, mercredis):
    mercredi.hors_delai_autorise, mercredi.places = True, 1
    mercredi.delai_reservation_jours = 30
    mercredi.save()
    demande = demander(dupont, mercredis, MERCREDIS[:1])
    (part,) = demande.contenu().parts_de(demande)
    assert part.notes == ("Hors délai", "Complet")


def test_une_demande_sur_la_fiche_n_a_pas_de_parts(dupont):
    demande = deposer(dupont, "responsable", mobile="0601020304")
    assert demande.contenu().parts_de(demande) == []


def test_les_jours_d_une_absence_portent_leur_nom(dupont, reserves, agent, client):
    (lea,) = dupont.enfants
    client.force_login(dupont.compte)
    adresse = reverse("demandes:nouvelle_enfant", args=[lea.pk, "absence"])
    demande = declarer_absent(dupont, reserves, MERCREDIS[:1])
    bureau = reverse("admin:demandes_demande_change", args=[demande.pk])
    pages = [
        client.get(f"{adresse}?inscription={reserves.pk}&jours=2015-04-29"),
        client.get(demande.get_absolute_url()),
    ]
    client.force_login(agent)
    for page in [*pages, client.get(bureau)]:
        html = page.content.decode()
        assert "Jours d’absence" in html
        assert "Jours demandés" not in html
