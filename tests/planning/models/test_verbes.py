"""What the verbs do, one after the other, and what they refuse in words."""

from datetime import date, time

import pytest

from planning import erreurs
from planning.models import Inscription, Prestation
from planning.regles.etats import Etat, Presence
from planning.regles.jours import Jours

MERCREDI = date(2015, 4, 8)

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")


@pytest.fixture
def inscription(dupont, mercredi, agent) -> Inscription:
    return Inscription.objects.inscrire(dupont.enfants[0], mercredi, dupont.famille, du=date(2014, 9, 1), par=agent)


def phrase(refus) -> str:
    return str(refus.value).replace("\u00a0", " ")


def en_base(journee):
    journee.refresh_from_db()
    return journee.etat


def test_un_parent_demande_et_un_agent_accepte(inscription, dupont, agent):
    [journee] = inscription.reserver([MERCREDI], par=dupont.compte)
    assert (journee.etat, journee.par) == (Etat.DEMANDEE, dupont.compte)
    journee.prendre_en_charge(par=agent)
    assert en_base(journee) == Etat.EN_COURS
    journee.confirmer(par=agent)
    assert (en_base(journee), journee.par) == (Etat.RESERVEE, agent)


def test_une_prestation_automatique_reserve_aussitot(dupont, garderie, agent):
    inscription = Inscription.objects.inscrire(
        dupont.enfants[0], garderie, dupont.famille, du=date(2014, 9, 1), par=agent
    )
    [journee] = inscription.reserver([MERCREDI], par=dupont.compte)
    assert en_base(journee) == Etat.RESERVEE
    [journee] = inscription.demander([date(2015, 4, 9)], par=dupont.compte)
    assert en_base(journee) == Etat.DEMANDEE
    journee.confirmer(par=dupont.compte)
    assert en_base(journee) == Etat.RESERVEE


def test_un_refus_dit_pourquoi_et_libere_la_place(inscription, dupont, agent, mercredi):
    [journee] = inscription.demander([MERCREDI], par=dupont.compte)
    assert mercredi.places_restantes([MERCREDI]) == {MERCREDI: 2}
    with pytest.raises(erreurs.MotifRequis):
        journee.refuser("  ", par=agent)
    journee.refuser("Dossier incomplet", par=agent)
    assert (en_base(journee), journee.motif) == (Etat.REFUSEE, "Dossier incomplet")
    assert mercredi.places_restantes([MERCREDI]) == {MERCREDI: 3}


def test_ce_qui_est_retire_redevient_ce_qui_etait(inscription, dupont, agent):
    [journee] = inscription.demander([MERCREDI], par=dupont.compte)
    journee.retirer(par=dupont.compte)
    assert en_base(journee) == Etat.AUCUN
    journee.demander(par=dupont.compte)
    journee.refuser("Trop tard", par=agent)
    journee.demander(par=dupont.compte)
    journee.retirer(par=dupont.compte)
    assert (en_base(journee), journee.motif) == (Etat.REFUSEE, "Trop tard")
    journee.demander(par=dupont.compte)
    journee.confirmer(par=agent)
    journee.demander_absence("Malade", par=dupont.compte)
    journee.retirer(par=dupont.compte)
    assert (en_base(journee), journee.motif) == (Etat.RESERVEE, "")


def test_une_absence_s_excuse_se_facture_ou_se_refuse(inscription, dupont, agent, mercredi):
    [journee] = inscription.reserver([MERCREDI], par=agent)
    journee.demander_absence("Malade", par=dupont.compte)
    assert (en_base(journee), journee.motif) == (Etat.ABSENCE_DEMANDEE, "Malade")
    journee.prendre_en_charge(par=agent)
    assert en_base(journee) == Etat.ABSENCE_EN_COURS
    journee.refuser_absence("Sans certificat", par=agent)
    assert en_base(journee) == Etat.RESERVEE
    journee.facturer_absence("Non prévenue", par=agent)
    assert (en_base(journee), mercredi.places_restantes([MERCREDI])) == (Etat.ABSENT_FACTURE, {MERCREDI: 2})
    journee.excuser("Certificat reçu", par=agent)
    assert (en_base(journee), mercredi.places_restantes([MERCREDI])) == (Etat.ABSENT_EXCUSE, {MERCREDI: 3})
    journee.retablir(par=agent)
    assert (en_base(journee), mercredi.places_restantes([MERCREDI])) == (Etat.RESERVEE, {MERCREDI: 2})


def test_un_conge_rend_les_jours_reserves_et_eux_seuls(inscription, dupont, agent):
    suivant = date(2015, 4, 29)
    inscription.reserver([MERCREDI], par=agent)
    [journee] = inscription.mettre_en_conge([MERCREDI, suivant], par=dupont.compte)
    assert (journee.jour, en_base(journee)) == (MERCREDI, Etat.CONGE)
    assert inscription.journee(suivant).etat == Etat.AUCUN


def test_une_reservation_s_annule_par_le_centre(inscription, dupont, agent):
    [journee] = inscription.reserver([MERCREDI], par=agent)
    with pytest.raises(erreurs.ReserveAuCentre):
        journee.annuler(par=dupont.compte)
    journee.annuler(par=agent)
    assert en_base(journee) == Etat.ANNULEE
    journee.reserver(par=agent)
    assert (journee.etat, en_base(journee)) == (Etat.RESERVEE, Etat.RESERVEE)


@pytest.mark.parametrize(
    ("jour", "erreur", "dit"),
    [
        (date(2015, 4, 6), erreurs.JourFerme, "Le lundi 6 avril est férié (Lundi de Pâques)."),
        (date(2015, 5, 13), erreurs.JourFerme, "La structure est fermée le mercredi 13 mai : pont de l’Ascension."),
        (date(2015, 4, 15), erreurs.JourFerme, "Cette prestation n’est pas ouverte le mercredi 15 avril."),
        (date(2015, 4, 9), erreurs.JourFerme, "Cette prestation n’est pas ouverte le jeudi 9 avril."),
        (date(2015, 4, 1), erreurs.JourPasse, "Le mercredi 1er avril est passé."),
        (date(2014, 8, 27), erreurs.InscriptionAbsente, "L’enfant n’est pas inscrit le mercredi 27 août."),
    ],
)
def test_un_jour_ferme_passe_ou_hors_inscription_ne_se_reserve_pas(inscription, dupont, jour, erreur, dit):
    with pytest.raises(erreur) as refus:
        inscription.demander([MERCREDI, jour], par=dupont.compte)
    assert phrase(refus) == dit
    assert not inscription.reservations.exists()


def test_le_delai_passe_seul_un_agent_reserve_encore(inscription, dupont, agent, jeudi_2_avril):
    jeudi_2_avril.move_to("2015-04-03T12:00:00+02:00")
    with pytest.raises(erreurs.DelaiDepasse) as refus:
        inscription.demander([MERCREDI], par=dupont.compte)
    assert phrase(refus) == "Les réservations pour le mercredi 8 avril sont closes depuis le vendredi 3 avril à 12 h."
    [journee] = inscription.reserver([MERCREDI], par=agent)
    assert en_base(journee) == Etat.RESERVEE


def test_hors_delai_autorise_un_parent_demande_jusqu_au_jour_meme(inscription, dupont, mercredi, jeudi_2_avril):
    Prestation.objects.update(hors_delai_autorise=True)
    inscription = Inscription.objects.get()
    jeudi_2_avril.move_to("2015-04-08T07:00:00+02:00")
    [journee] = inscription.demander([MERCREDI], par=dupont.compte)
    assert en_base(journee) == Etat.DEMANDEE
    jeudi_2_avril.move_to("2015-04-30T07:00:00+02:00")
    with pytest.raises(erreurs.JourPasse):
        inscription.demander([date(2015, 4, 29)], par=dupont.compte)


def test_une_absence_a_aussi_son_delai(inscription, dupont, agent, jeudi_2_avril):
    [journee] = inscription.reserver([MERCREDI], par=agent)
    jeudi_2_avril.move_to("2015-04-07T12:00:01+02:00")
    with pytest.raises(erreurs.DelaiDepasse) as refus:
        journee.demander_absence(par=dupont.compte)
    assert phrase(refus) == (
        "Les déclarations d’absence pour le mercredi 8 avril sont closes depuis le mardi 7 avril à 12 h."
    )


def test_un_enfant_trop_jeune_ou_trop_grand_n_est_pas_accueilli(inscription, dupont, mercredi):
    lea = dupont.enfants[0]
    for naissance, dit in [
        (date(2012, 4, 9), "Cette prestation accueille dès 3 ans."),
        (date(2003, 4, 8), "Cette prestation accueille jusqu’à 11 ans."),
    ]:
        lea.date_naissance = naissance
        lea.save()
        with pytest.raises(erreurs.AgeNonAccueilli) as refus:
            Inscription.objects.get().demander([MERCREDI], par=dupont.compte)
        assert phrase(refus) == dit


def test_un_jour_deja_demande_ne_se_demande_pas_deux_fois(inscription, dupont):
    inscription.demander([MERCREDI], par=dupont.compte)
    with pytest.raises(erreurs.DejaReserve):
        inscription.demander([MERCREDI], par=dupont.compte)


def test_deux_agents_ne_decident_pas_deux_fois(inscription, dupont, agent):
    [journee] = inscription.demander([MERCREDI], par=dupont.compte)
    double = inscription.journee(MERCREDI)
    journee.confirmer(par=agent)
    with pytest.raises(erreurs.EtatIncompatible) as refus:
        double.refuser("Complet", par=agent)
    assert phrase(refus) == "Impossible pour le mercredi 8 avril, noté « réservé »."
    assert en_base(journee) == Etat.RESERVEE


def test_la_famille_d_a_cote_ne_touche_a_rien(inscription, dupont, martin, agent):
    [journee] = inscription.demander([MERCREDI], par=dupont.compte)
    jour_libre = date(2015, 4, 29)
    for geste in (
        lambda: inscription.demander([jour_libre], par=martin.compte),
        lambda: inscription.reserver([jour_libre], par=martin.compte),
        lambda: journee.retirer(par=martin.compte),
        lambda: journee.demander_absence(par=martin.compte),
        lambda: journee.mettre_en_conge(par=martin.compte),
    ):
        with pytest.raises(erreurs.AutreFamille):
            geste()
    assert en_base(journee) == Etat.DEMANDEE
    assert inscription.reservations.count() == 1


def test_un_parent_n_a_pas_les_gestes_du_centre(inscription, dupont):
    [journee] = inscription.demander([MERCREDI], par=dupont.compte)
    for geste in (
        lambda: journee.confirmer(par=dupont.compte),
        lambda: journee.prendre_en_charge(par=dupont.compte),
        lambda: journee.refuser("non", par=dupont.compte),
        lambda: journee.excuser(par=dupont.compte),
        lambda: journee.facturer_absence(par=dupont.compte),
        lambda: journee.refuser_absence("non", par=dupont.compte),
        lambda: journee.retablir(par=dupont.compte),
        lambda: journee.pointer(Presence.PRESENT, par=dupont.compte),
        lambda: inscription.terminer(MERCREDI, par=dupont.compte),
        lambda: inscription.changer_rythme(Jours.MERCREDI, a_compter_du=MERCREDI, par=dupont.compte),
    ):
        with pytest.raises(erreurs.ReserveAuCentre):
            geste()
    assert en_base(journee) == Etat.DEMANDEE


def test_le_pointage_dit_ce_qui_est_arrive(inscription, agent, jeudi_2_avril):
    journee = inscription.journee(MERCREDI)
    with pytest.raises(erreurs.PointageImpossible) as refus:
        journee.pointer(Presence.PRESENT, par=agent)
    assert phrase(refus) == "Le mercredi 8 avril est à venir : il ne se pointe pas encore."
    jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
    with pytest.raises(erreurs.PointageImpossible):
        journee.pointer(Presence.PRESENT, arrivee=time(10), depart=time(9), par=agent)
    with pytest.raises(erreurs.PointageImpossible):
        journee.pointer(Presence.ABSENT, arrivee=time(10), par=agent)
    journee.pointer(Presence.PRESENT, arrivee=time(9), depart=time(17), par=agent)
    journee.refresh_from_db()
    assert (journee.etat, journee.presence, journee.depart) == (Etat.AUCUN, Presence.PRESENT, time(17))
    assert journee.pointee_par == agent
    with pytest.raises(erreurs.EtatIncompatible):
        journee.excuser(par=agent)


def test_un_jour_regulier_se_pointe_et_se_decommande_sans_avoir_ete_reserve(dupont, mercredi, agent, jeudi_2_avril):
    inscription = Inscription.objects.inscrire(
        dupont.enfants[0], mercredi, dupont.famille, du=date(2014, 9, 1), jours=Jours.MERCREDI, par=agent
    )
    journee = inscription.journee(MERCREDI)
    assert (journee.etat, journee.pk) == (Etat.REGULIERE, None)
    journee.demander_absence("Chez sa grand-mère", par=dupont.compte)
    journee.retirer(par=dupont.compte)
    assert en_base(journee) == Etat.REGULIERE
    with pytest.raises(erreurs.DejaReserve):
        inscription.demander([date(2015, 4, 29)], par=dupont.compte)
    assert inscription.journee(date(2015, 4, 15)).etat == Etat.AUCUN
    jeudi_2_avril.move_to("2015-04-29T18:00:00+02:00")
    autre = inscription.journee(date(2015, 4, 29))
    autre.pointer(Presence.PRESENT, par=agent)
    assert en_base(autre) == Etat.REGULIERE
