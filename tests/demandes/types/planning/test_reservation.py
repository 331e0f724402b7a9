"""« Demande de réservation », from the form to the cells of the planning."""

from datetime import date

import pytest

from demandes.erreurs import NeTientPlus
from demandes.models import Demande
from demandes.types import GENRES
from famille.models import DateDeCertification
from planning.erreurs import RefusPlanning
from planning.models import Fermeture, Inscription, PlacesDuJour
from planning.regles.etats import Etat
from tests.demandes.jours import MERCREDIS, codes, declarer_absent, demander, etats
from tests.demandes.outils import accepter_telle_quelle, deposer

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


def test_une_demande_de_cinq_jours_apparait_aussitot_en_attente(dupont, mercredis):
    demande = demander(dupont, mercredis)
    assert etats(mercredis) == [Etat.DEMANDEE] * 5
    assert demande.genre.resume(demande) == "ALSH Mercredi journée\u00a0: 5\u00a0jours, du 08/04/2015 au 27/05/2015"


def test_cinq_jours_dont_un_refuse_quatre_reserves_un_motif(dupont, mercredis, agent):
    demande = demander(dupont, mercredis)
    accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, [MERCREDIS[2]]), motif="Sortie complète.")
    assert etats(mercredis) == [Etat.RESERVEE, Etat.RESERVEE, Etat.REFUSEE, Etat.RESERVEE, Etat.RESERVEE]
    assert [j.motif for j in mercredis.journees(MERCREDIS)] == ["", "", "Sortie complète.", "", ""]
    demande.refresh_from_db()
    assert demande.decision.motif == "Sortie complète."


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
        accepter_telle_quelle(demande, par=agent)
    assert etats(mercredis) == [Etat.DEMANDEE] * 5
    accepter_telle_quelle(demande, par=agent, sauf=codes(mercredis, [MERCREDIS[1]]), motif="Fermé pour travaux.")
    assert etats(mercredis) == [Etat.RESERVEE, Etat.REFUSEE, *[Etat.RESERVEE] * 3]


def test_un_jour_change_entre_temps_n_empeche_pas_de_retirer_le_reste(dupont, mercredis, agent):
    demande = demander(dupont, mercredis)
    mercredis.journee(MERCREDIS[0]).annuler(par=agent)
    with pytest.raises(NeTientPlus, match="noté «\u00a0réservation annulée\u00a0»"):
        accepter_telle_quelle(demande, par=agent)
    demande.retirer(par=dupont.compte)
    assert etats(mercredis) == [Etat.ANNULEE, *[Etat.AUCUN] * 4]


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


def test_l_agent_est_averti_d_un_jour_tardif_et_d_une_place_rare(
    dupont, mercredi, mercredis, garderie, inscrire, agent
):
    """Beside another activity of that day, which was cancelled since."""
    mercredi.hors_delai_autorise, mercredi.places = True, 1
    mercredi.delai_reservation_jours = 30
    mercredi.save()
    matin = inscrire(garderie)
    demande = deposer(
        dupont, "reservation", dupont.enfants[0],
        jours=codes(mercredis, MERCREDIS[:1]) + codes(matin, MERCREDIS[:1]),
    )  # fmt: skip
    matin.journee(MERCREDIS[0]).annuler(par=agent)
    ici, autre = demande.contenu().parts_de(demande)
    assert ici.notes == ("Hors délai", "1\u00a0place, demandée par cette famille")
    assert (autre.libelle, autre.notes) == ("mercredi 8 avril 2015, Garderie matin", ())


def test_une_place_de_moins_depuis_la_demande_est_dite_de_trop(dupont, martin, mercredi, mercredis, agent):
    mercredi.places = 2
    mercredi.save()
    demande = demander(dupont, mercredis, MERCREDIS[:2])
    autre = Inscription.objects.inscrire(martin.enfants[0], mercredi, martin.famille, du=date(2014, 9, 1), par=agent)
    autre.reserver(MERCREDIS[:1], par=agent)
    PlacesDuJour.objects.create(prestation=mercredi, jour=MERCREDIS[0], places=1)
    contenu = demande.contenu()
    assert [part.notes for part in contenu.parts_de(demande)] == [("Complet",), ()]
    assert [phrase.replace("\u00a0", " ") for phrase in contenu.a_confirmer(demande, ())] == [
        "Le mercredi 8 avril, 2 enfants sont attendus pour 1 place : ALSH Mercredi journée."
    ]
    assert contenu.a_confirmer(demande, codes(mercredis, MERCREDIS[:1])) == []


def test_ce_qui_manque_au_dossier_se_dit_avant_de_demander(dupont, mercredis, directrice):
    def a_faire(genre: str) -> RefusPlanning | None:
        return GENRES.pour(genre)(
            dupont.famille, dupont.enfants[0], {"jours": codes(mercredis, MERCREDIS)}
        ).a_faire_d_abord

    assert a_faire("reservation") is None
    DateDeCertification.objects.redemander(date(2015, 4, 1), par=directrice)
    assert str(a_faire("reservation")).startswith("Vérifiez et certifiez d’abord votre dossier")
    assert a_faire("absence") is None


def test_une_absence_ne_parle_pas_de_places(dupont, mercredi, mercredis, agent):
    mercredi.places = 1
    mercredi.save()
    mercredis.reserver(MERCREDIS[:1], par=agent)
    demande = declarer_absent(dupont, mercredis, MERCREDIS[:1])
    (part,) = demande.contenu().parts_de(demande)
    assert part.notes == ()


def test_une_demande_sur_la_fiche_n_a_pas_de_parts(dupont):
    demande = deposer(dupont, "responsable", mobile="0601020304")
    assert demande.contenu().parts_de(demande) == []
