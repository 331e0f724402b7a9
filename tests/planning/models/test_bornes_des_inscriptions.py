"""The ends of an inscription, its neighbours, and what follows it: each bound, by the verbs."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from planning import erreurs
from planning.appel.imprevus import accueillir
from planning.models import Fermeture, Inscription, PlacesDuJour, Prestation, Reservation
from planning.models.prestation import jours_ouverts
from planning.models.relais import relais
from planning.regles.calendrier import Calendrier
from planning.regles.etats import Etat, Presence
from planning.regles.jours import UN_JOUR, Jours
from tests import fabriques
from tests.planning.places.outils import AUTRE, MERCREDI, RENTREE, inscrire

pytestmark = pytest.mark.usefixtures("jeudi_2_avril")
FIN = date(2015, 6, 30)
SEMAINE_APRES = timedelta(weeks=1)


@pytest.fixture
def inscription(mercredi, agent) -> Inscription:
    [inscription] = inscrire(mercredi, 1, agent)
    return inscription


def encore(inscription: Inscription, agent, **options) -> Inscription:
    """The same child, the same prestation, the same famille."""
    cles = (inscription.enfant, inscription.prestation, inscription.famille)
    return Inscription.objects.inscrire(*cles, par=agent, **options)


def test_une_inscription_d_un_jour_commence_et_finit_le_meme(inscription, mercredi, agent):
    inscription.terminer(date(2015, 4, 7), par=agent)
    d_un_jour = encore(inscription, agent, du=MERCREDI, au=MERCREDI)
    assert (d_un_jour.du, d_un_jour.au) == (MERCREDI, MERCREDI)
    with pytest.raises(erreurs.InscriptionImpossible) as refus:
        encore(inscription, agent, du=AUTRE, au=date(2015, 4, 28))
    assert str(refus.value) == "La fin doit suivre le début."


def test_une_inscription_precede_celle_qui_suit(inscription, agent):
    inscription.terminer(FIN, par=agent)
    assert encore(inscription, agent, du=date(2015, 7, 1)).du == date(2015, 7, 1)
    assert encore(inscription, agent, du=date(2014, 7, 1), au=date(2014, 8, 31)).au == date(2014, 8, 31)
    with pytest.raises(erreurs.InscriptionImpossible, match="déjà inscrit"):
        encore(inscription, agent, du=FIN, au=FIN)


def test_le_frere_s_inscrit_a_la_meme_prestation(inscription, agent):
    frere = fabriques.EnfantFactory(famille=inscription.famille)
    cles = (inscription.prestation, inscription.famille)
    assert Inscription.objects.inscrire(frere, *cles, du=RENTREE, par=agent).enfant == frere


def test_une_inscription_se_termine_le_jour_ou_elle_commence(inscription, agent):
    inscription.terminer(RENTREE, par=agent)
    assert Inscription.objects.get().au == RENTREE
    with pytest.raises(erreurs.InscriptionImpossible) as refus:
        inscription.terminer(date(2014, 8, 31), par=agent)
    assert str(refus.value) == "Cette inscription commence le 01/09/2014."


def test_terminer_garde_le_dernier_jour_reserve_et_oublie_ce_qui_fut_refuse_apres(inscription, agent):
    inscription.reserver([MERCREDI], par=agent)
    [refuse] = inscription.demander([AUTRE], par=agent)
    refuse.refuser("Complet", par=agent)
    inscription.terminer(MERCREDI, par=agent)
    assert list(inscription.reservations.values_list("jour", flat=True)) == [MERCREDI]


def test_on_ne_termine_pas_avant_un_jour_ou_l_enfant_est_venu_sans_reservation(inscription, agent, jeudi_2_avril):
    jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
    inscription.journee(MERCREDI).pointer(Presence.PRESENT, par=agent)
    with pytest.raises(erreurs.InscriptionImpossible, match="Il reste 1\u00a0jour réservé ou pointé"):
        inscription.terminer(date(2015, 4, 7), par=agent)


def test_un_rythme_change_pendant_l_inscription_et_la_suite_garde_sa_fin(inscription, agent):
    inscription.terminer(FIN, par=agent)
    for dehors in (date(2014, 8, 31), date(2015, 7, 1)):
        with pytest.raises(erreurs.InscriptionImpossible, match="n’est pas en vigueur"):
            inscription.changer_rythme(Jours.MERCREDI, a_compter_du=dehors, par=agent)
    suite = inscription.changer_rythme(Jours.MERCREDI, a_compter_du=FIN, par=agent)
    assert (suite.du, suite.au, suite.par) == (FIN, FIN, agent)
    meme = suite.changer_rythme(Jours.JEUDI, a_compter_du=FIN, par=agent)
    assert (meme.pk, meme.jours) == (suite.pk, Jours.JEUDI)
    assert Inscription.objects.count() == 2


def test_un_enfant_accueilli_s_absorbe_seul_dans_sa_propre_inscription(mercredi, agent, jeudi_2_avril):
    jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
    famille = fabriques.FamilleFactory()
    lea, tom = (fabriques.EnfantFactory(famille=famille) for _ in range(2))
    for enfant in (lea, tom):
        accueil = accueillir(enfant, mercredi, famille, MERCREDI, par=agent)
        accueil.journee(MERCREDI).pointer(Presence.PRESENT, par=agent)
    Inscription.objects.inscrire(lea, mercredi, famille, du=RENTREE, par=agent)
    assert list(Inscription.objects.a_regulariser().values_list("enfant", flat=True)) == [tom.pk]
    assert Reservation.objects.get(inscription__enfant=lea).inscription.du == RENTREE


def test_deux_inscriptions_ne_tiennent_ensemble_que_le_temps_d_un_relais(inscription):
    cles = {"enfant": inscription.enfant, "prestation": inscription.prestation, "famille": inscription.famille}
    with pytest.raises(IntegrityError, match="inscription_sans_chevauchement"), transaction.atomic(), relais():
        Inscription.objects.create(**cles, du=MERCREDI)
    with transaction.atomic(), relais():
        Inscription.objects.create(**cles, du=MERCREDI).delete()
    assert Inscription.objects.get() == inscription


def test_des_jours_donnes_en_desordre_et_deux_fois_se_lisent_dans_l_ordre(inscription, agent):
    inscription.reserver([AUTRE, MERCREDI, AUTRE], par=agent)
    journees = inscription.journees([AUTRE, date(2015, 5, 20), MERCREDI, AUTRE])
    assert [(une.jour, une.etat) for une in journees] == [
        (MERCREDI, Etat.RESERVEE),
        (AUTRE, Etat.RESERVEE),
        (date(2015, 5, 20), Etat.AUCUN),
    ]
    assert {une.inscription for une in journees} == {inscription}
    assert (inscription.journees([]), inscription.reserver([], par=agent)) == ([], [])


def test_un_rythme_se_lit_dans_le_calendrier_que_l_on_donne(inscription, agent):
    suite = inscription.changer_rythme(Jours.MERCREDI, a_compter_du=RENTREE, par=agent)
    ferie = Calendrier.depuis(feries=[(MERCREDI, "Victoire 1945")])
    etats = [suite.journees([MERCREDI, AUTRE], calendrier)[0].etat for calendrier in (ferie, None)]
    assert etats == [Etat.AUCUN, Etat.REGULIERE]
    suite.tenue = ferie
    assert suite.journee(MERCREDI).etat == Etat.AUCUN


def test_des_jours_qui_sont_deja_lus_ne_se_relisent_pas(inscription, agent):
    [lue] = inscription.reserver([MERCREDI], par=agent)
    assert inscription.journees([MERCREDI], lignes={MERCREDI: lue}) == [lue]
    assert inscription.journees([MERCREDI], lignes={})[0].pk is None


def test_le_premier_jour_pris_ailleurs_est_nomme(inscription, apres_midi, agent):
    cles = (inscription.enfant, apres_midi, inscription.famille)
    Inscription.objects.inscrire(*cles, du=RENTREE, par=agent).reserver([AUTRE, MERCREDI], par=agent)
    libre = date(2015, 5, 20)
    assert inscription.jours_pris_ailleurs([libre, AUTRE, MERCREDI]) == {MERCREDI, AUTRE}
    with pytest.raises(erreurs.HorairesIncompatibles, match="mercredi 8 avril"):
        inscription.reserver([libre, AUTRE, MERCREDI], par=agent)
    assert not inscription.reservations.exists()


def test_ce_qui_ne_dure_qu_un_jour_ailleurs_se_voit_dans_quelque_ordre_qu_on_demande(inscription, apres_midi, agent):
    cles = (inscription.enfant, apres_midi, inscription.famille)
    Inscription.objects.inscrire(*cles, du=AUTRE, au=AUTRE, par=agent).reserver([AUTRE], par=agent)
    assert inscription.jours_pris_ailleurs([date(2015, 5, 20), AUTRE, MERCREDI]) == {AUTRE}


def test_une_absence_de_plusieurs_jours_est_declaree_partout_ou_nulle_part(inscription, agent):
    inscription.reserver([MERCREDI, AUTRE], par=agent)
    declarees = inscription.demander_absence([AUTRE, MERCREDI], motif="Chez sa grand-mère", par=agent)
    assert [(une.jour, une.etat, une.motif) for une in declarees] == [
        (jour, Etat.ABSENCE_DEMANDEE, "Chez sa grand-mère") for jour in (MERCREDI, AUTRE)
    ]
    with pytest.raises(erreurs.EtatIncompatible):
        inscription.demander_absence([AUTRE, date(2015, 5, 20)], par=agent)


def test_de_jours_declares_ensemble_un_seul_qui_ne_va_pas_laisse_les_autres_reserves(inscription, agent):
    inscription.reserver([MERCREDI, AUTRE], par=agent)
    inscription.reservations.filter(jour=AUTRE).update(presence=Presence.PRESENT)
    with pytest.raises(erreurs.EtatIncompatible, match="était présent le mercredi 29 avril"):
        inscription.demander_absence([MERCREDI, AUTRE], par=agent)
    with pytest.raises(erreurs.EtatIncompatible, match="était présent le mercredi 29 avril"):
        inscription.mettre_en_conge([MERCREDI, AUTRE], par=agent)
    assert [une.etat for une in inscription.reservations.all()] == [Etat.RESERVEE, Etat.RESERVEE]


def test_le_calendrier_se_lit_du_premier_au_dernier_des_jours_reserves(inscription, agent):
    mercredis = [MERCREDI + semaine * SEMAINE_APRES for semaine in (0, 3, 4, 6, 7, 8, 9, 10, 11)]
    Fermeture.objects.create(du=mercredis[-1], au=mercredis[-1], motif="kermesse")
    with pytest.raises(erreurs.JourFerme, match="kermesse"):
        inscription.reserver(mercredis, par=agent)
    assert len(inscription.reserver(mercredis[:-1], par=agent)) == 8


def test_inscrire_verifie_le_rythme_et_refuse_l_enfant_d_une_autre_famille(inscription, mercredi, agent):
    inscrire(mercredi, 3, agent, jours=Jours.MERCREDI)
    inscription.terminer(date(2015, 4, 7), par=agent)
    with pytest.raises(erreurs.Complet):
        encore(inscription, agent, du=MERCREDI, jours=Jours.MERCREDI)
    voisine = fabriques.FamilleFactory()
    fabriques.EnfantFactory(famille=voisine)
    with pytest.raises(erreurs.InscriptionImpossible, match="n’est pas rattaché"):
        Inscription.objects.inscrire(inscription.enfant, mercredi, voisine, du=MERCREDI, par=agent)


def test_les_listes_d_inscriptions_disent_ce_qu_elles_nomment(inscription, mercredi, agent):
    [reguliere] = inscrire(mercredi, 1, agent, jours=Jours.MERCREDI, au=FIN)
    toutes = Inscription.objects
    assert set(toutes.regulieres()) == {reguliere}
    assert set(toutes.en_vigueur(FIN)) == {inscription, reguliere}
    assert set(toutes.en_vigueur(date(2015, 7, 1))) == {inscription}
    assert set(toutes.entre(date(2014, 8, 1), date(2014, 8, 31))) == set()


def test_une_prestation_est_active_avec_sa_structure(mercredi, garderie):
    garderie.structure.inactive_depuis = MERCREDI
    garderie.structure.save()
    assert set(Prestation.objects.actives(MERCREDI - UN_JOUR)) == {mercredi, garderie}
    assert list(Prestation.objects.actives(MERCREDI)) == [mercredi]
    garderie.structure.inactive_depuis = date(2015, 4, 1)
    garderie.structure.save()
    assert list(Prestation.objects.actives()) == [mercredi]
    Prestation.objects.filter(pk=mercredi.pk).update(inactive_depuis=date(2015, 4, 2))
    assert list(Prestation.objects.actives()) == []


def test_les_jours_ouverts_sont_ceux_du_calendrier_donne_ou_lu(mercredi):
    du, au = date(2015, 4, 6), date(2015, 4, 30)
    assert jours_ouverts([mercredi], du, au) == {mercredi.pk: [MERCREDI, AUTRE]}
    ferme = Calendrier.depuis(fermetures=[(None, AUTRE, AUTRE, "neige")])
    assert jours_ouverts([mercredi], du, MERCREDI, ferme) == {mercredi.pk: [MERCREDI]}
    # In school time for whoever gives a calendar without holidays.
    assert len(jours_ouverts([mercredi], du, au, ferme)[mercredi.pk]) == 3


def test_le_payeur_est_le_titulaire_et_son_qf_celui_du_jour(dupont, martin, mercredi, agent):
    cles = (dupont.enfants[0], mercredi, dupont.famille)
    Inscription.objects.inscrire(*cles, du=RENTREE, par=agent)
    dupont.famille.quotients.create(valeur=700, date_effet=MERCREDI)
    dupont.famille.quotients.create(valeur=500, date_effet=date(2014, 1, 1))
    # Whoever lives next door, before and after them.
    martin.famille.quotients.create(valeur=50, date_effet=date(2015, 4, 7))
    fabriques.FamilleFactory(pk=1 + martin.famille.pk).quotients.create(valeur=60, date_effet=date(2012, 1, 1))
    lues = [Inscription.objects.avec_payeur(jour).get() for jour in (date(2015, 4, 7), MERCREDI, date(2013, 12, 31))]
    assert [lue.qf for lue in lues] == [612, 700, None]
    assert {(lue.payeur, lue.ville) for lue in lues} == {("DUPONT Jean", "SAINT - JEAN")}


def test_une_presence_hors_des_heures_d_une_autre_n_est_pas_une_erreur(inscription, apres_midi, agent, jeudi_2_avril):
    jeudi_2_avril.move_to("2015-04-29T20:00:00+02:00")
    cles = (inscription.enfant, apres_midi, inscription.famille)
    demi = Inscription.objects.inscrire(*cles, du=RENTREE, par=agent)
    inscription.journee(MERCREDI).pointer(Presence.PRESENT, arrivee=time(9), depart=time(13, 30), par=agent)
    demi.journee(MERCREDI).pointer(Presence.PRESENT, par=agent)
    assert not Reservation.objects.en_erreur().exists()
    demi.journee(AUTRE).pointer(Presence.PRESENT, par=agent)
    inscription.journee(AUTRE).pointer(Presence.PRESENT, depart=time(13, 31), par=agent)
    assert {une.jour for une in Reservation.objects.en_erreur()} == {AUTRE}
    [voisin] = inscrire(apres_midi, 1, agent)
    voisin.journee(MERCREDI).pointer(Presence.PRESENT, par=agent)
    assert Reservation.objects.en_erreur().count() == 2
    marquees = Reservation.objects.avec_erreur().filter(est_en_erreur=True)
    assert {une.jour for une in marquees} == {AUTRE}


def test_une_inscription_absorbee_ne_sert_plus(mercredi, agent, jeudi_2_avril):
    jeudi_2_avril.move_to("2015-04-08T18:00:00+02:00")
    famille = fabriques.FamilleFactory()
    lea = fabriques.EnfantFactory(famille=famille)
    accueil = accueillir(lea, mercredi, famille, MERCREDI, par=agent)
    Inscription.objects.inscrire(lea, mercredi, famille, du=RENTREE, par=agent)
    with pytest.raises(erreurs.InscriptionAbsente) as refus:
        accueil.reserver([MERCREDI], par=agent)
    assert str(refus.value) == "Cette inscription a été remplacée par une autre."


def test_le_dernier_jour_connu_d_une_prestation_est_le_plus_lointain(mercredi, apres_midi, agent):
    assert mercredi.dernier_jour_connu is None
    [inscription] = inscrire(mercredi, 1, agent)
    assert mercredi.dernier_jour_connu == RENTREE
    inscription.reserver([AUTRE], par=agent)
    assert mercredi.dernier_jour_connu == AUTRE
    PlacesDuJour.objects.create(prestation=mercredi, jour=date(2016, 6, 15), places=1)
    PlacesDuJour.objects.create(prestation=apres_midi, jour=date(2017, 6, 15), places=1)
    assert mercredi.dernier_jour_connu == date(2016, 6, 15)
    inscription.terminer(date(2018, 6, 30), par=agent)
    assert mercredi.dernier_jour_connu == date(2018, 6, 30)


def test_une_validation_automatique_reste_a_la_famille(dupont, martin, garderie, agent):
    cles = (dupont.enfants[0], garderie, dupont.famille)
    [journee] = Inscription.objects.inscrire(*cles, du=RENTREE, par=agent).demander([MERCREDI], par=dupont.compte)
    with pytest.raises(erreurs.AutreFamille):
        journee.confirmer(par=martin.compte)
    journee.confirmer(par=dupont.compte)
    assert journee.etat == Etat.RESERVEE
