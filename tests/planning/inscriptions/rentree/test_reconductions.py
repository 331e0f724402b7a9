"""The inscriptions of a prestation at la rentrée: which go on, which end, why not the others; once; and back."""

from datetime import date, time

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from famille.models import Enfant
from planning.inscriptions.rentree.lecture import FinDAnnee
from planning.inscriptions.rentree.reconduction import Choix, Reconductions, RetourDesInscriptions
from planning.models import Inscription, Prestation, Reconduction, Structure, Vacances
from planning.regles.jours import AUCUN_JOUR, SEMAINE, Jours
from socle.annee_scolaire import AnneeScolaire
from tests.fabriques import EnfantFactory, FamilleFactory, RattachementFactory

ANNEE = AnneeScolaire(2027)
RENTREE, FIN_DES_COURS, FIN = date(2026, 9, 1), date(2027, 7, 2), date(2027, 8, 31)
TOUT = {"reconduire": True, "terminer_les_sortants": True}


@pytest.fixture(autouse=True)
def juin(time_machine, db) -> None:
    time_machine.move_to("2027-06-21 10:00+02:00", tick=False)
    Vacances.objects.create(nom="Été", genre="G", du=date(2027, 7, 3), au=FIN)


@pytest.fixture
def garderie() -> Prestation:
    structure = Structure.objects.create(nom="Garderie")
    heures = {"heure_debut": time(7), "heure_fin": time(8, 30)}
    return Prestation.objects.create(structure=structure, nom="Matin", jours_scolaires=SEMAINE, age_max=11, **heures)


@pytest.fixture
def inscrire(agent, garderie):
    def inscrire(
        classe: str = "CE1", *, du=RENTREE, au=FIN, jours=AUCUN_JOUR, ne_en: int = 2019, enfant: Enfant | None = None
    ) -> Inscription:
        enfant = enfant or EnfantFactory(famille=FamilleFactory(), classe=classe, date_naissance=date(ne_en, 5, 17))
        return Inscription.objects.inscrire(
            enfant, garderie, enfant.familles.get(), du=du, au=au, jours=jours, par=agent
        )

    return inscrire


@pytest.fixture
def lire(agent, garderie):
    return lambda: FinDAnnee(garderie, ANNEE, par=agent)


@pytest.fixture
def faire(lire):
    def faire(**choix) -> list[str]:
        return Reconductions(lire(), Choix(**choix)).faire()

    return faire


def _noms(lignes) -> list[int]:
    return [ligne.inscription.pk for ligne in lignes]


def test_ce_qui_finit_avec_l_annee_reprend_aux_memes_jours_pour_le_meme_payeur(inscrire, lire, faire):
    ancienne = inscrire(au=FIN_DES_COURS, jours=Jours.LUNDI | Jours.MARDI)
    suivantes = Reconductions(lire(), Choix(**TOUT)).dire()
    assert [phrase.replace("\u00a0", " ") for phrase in suivantes] == [
        "1 inscription reconduite du 01/09/2027 au 31/08/2028, aux mêmes jours : 1 famille, 1 enfant."
    ]
    assert faire(**TOUT) == []
    suite = Inscription.objects.exclude(pk=ancienne.pk).get()
    assert (suite.enfant, suite.famille, suite.prestation) == (ancienne.enfant, ancienne.famille, ancienne.prestation)
    assert (suite.du, suite.au, suite.jours) == (ANNEE.du, ANNEE.au, ancienne.jours)
    assert LogEntry.objects.get(object_id=suite.pk).change_message == "Rentrée 2027-2028\u00a0: reconduite."


def test_faite_deux_fois_elle_ne_reconduit_personne_deux_fois(inscrire, lire, faire):
    inscrire()
    faire(**TOUT)
    assert lire().a_reconduire == []
    assert lire().deja_reconduites == 1
    faire(**TOUT)
    assert Inscription.objects.count() == 2


def test_qui_part_est_trop_age_ou_n_a_plus_de_place_n_est_pas_reconduit(inscrire, lire, garderie):
    Prestation.objects.update(places=1)
    garderie.refresh_from_db()
    inscrire("CM2", ne_en=2016)
    inscrire("COLLEGE", ne_en=2015)
    inscrire(ne_en=2014)
    inscrire(jours=Jours.LUNDI)
    Inscription.objects.filter(pk=inscrire().pk).update(jours=Jours.LUNDI)
    assert [ligne.raison or ligne.refus for ligne in lire().non_reconduites] == [
        "sortant",
        "sortant",
        "trop âgé\u00a0: accueil jusqu’à 11\u00a0ans",
        "Il n’y a plus de place le lundi 6 septembre\u00a0: Matin.",
    ]
    assert len(lire().a_reconduire) == 1


def test_ni_un_sejour_de_l_ete_ni_un_depart_en_cours_d_annee_ne_finissent_avec_l_annee(inscrire, lire):
    inscrire(du=date(2027, 7, 5), au=date(2027, 7, 9))
    inscrire(au=date(2027, 3, 31))
    lecture = lire()
    assert (lecture.a_reconduire, lecture.non_reconduites, lecture.continuent) == ([], [], [])


def test_le_dernier_rythme_de_l_annee_est_celui_qui_reprend(inscrire, lire, agent):
    ancienne = inscrire(jours=Jours.LUNDI)
    suite = ancienne.changer_rythme(Jours.MARDI, a_compter_du=date(2027, 6, 28), par=agent)
    assert _noms(lire().a_reconduire) == [suite.pk]


def test_une_prestation_qui_s_arrete_ne_se_reconduit_pas(inscrire, lire, garderie):
    inscrire()
    Prestation.objects.update(inactive_depuis=ANNEE.du)
    garderie.refresh_from_db()
    assert "plus proposée" in lire().non_reconduites[0].refus


def test_sans_fin_on_continue_sauf_qui_part(inscrire, lire, faire):
    reste, part = inscrire(au=None), inscrire("CM2", au=None, ne_en=2016)
    lecture = lire()
    assert (_noms(lecture.continuent), _noms(lecture.a_terminer)) == ([reste.pk], [part.pk])
    faire(**TOUT)
    part.refresh_from_db()
    reste.refresh_from_db()
    assert (part.au, reste.au) == (FIN, None)
    faire(terminer_les_autres=True)
    reste.refresh_from_db()
    assert reste.au == FIN


def test_qui_a_des_jours_reserves_apres_n_est_pas_termine(inscrire, lire, agent, garderie):
    Prestation.objects.update(hors_delai_autorise=True)
    part = inscrire("CM2", au=None, ne_en=2016)
    Inscription.objects.get(pk=part.pk).reserver([date(2027, 9, 6)], par=agent)
    assert lire().a_terminer[0].refus == "il reste 1\u00a0jour réservé ou pointé après le 31/08/2027"
    assert Reconductions(lire(), Choix(**TOUT)).rien


def test_on_ecarte_qui_l_on_veut(inscrire, faire):
    garde, ecarte = inscrire(), inscrire()
    faire(**TOUT, sauf=frozenset([ecarte.pk]))
    assert Inscription.objects.filter(du=ANNEE.du).get().enfant == garde.enfant


def test_en_garde_alternee_chacun_reprend_avec_son_payeur(inscrire, agent, garderie, faire):
    une = inscrire(jours=Jours.LUNDI)
    autre = FamilleFactory()
    RattachementFactory(enfant=une.enfant, famille=autre)
    options = {"du": RENTREE, "au": FIN, "jours": Jours.LUNDI, "parite": 1, "par": agent}
    Inscription.objects.filter(pk=une.pk).update(parite=0)
    Inscription.objects.inscrire(une.enfant, garderie, autre, **options)
    assert faire(**TOUT) == []
    suites = Inscription.objects.filter(du=ANNEE.du)
    assert {(suite.famille_id, suite.parite) for suite in suites} == {(une.famille_id, 0), (autre.pk, 1)}


def test_tout_s_annule_sauf_ce_qui_a_servi(inscrire, faire, agent, garderie):
    inscrire()
    servie = inscrire()
    part = inscrire("CM2", au=None, ne_en=2016, jours=Jours.LUNDI)
    faire(**TOUT)
    Inscription.objects.get(enfant=servie.enfant, du=ANNEE.du).reserver([date(2027, 9, 6)], par=agent)
    (lot,) = Reconduction.objects.lots(ANNEE, garderie)
    assert (lot["reconduites"], lot["terminees"], lot["nom"]) == (2, 1, "MAIRIE")
    retour = RetourDesInscriptions(ANNEE, garderie, lot["le"], par=agent)
    assert len(retour.dire()) == 3
    assert retour.faire() == []
    assert Inscription.objects.get(du=ANNEE.du).enfant == servie.enfant
    part.refresh_from_db()
    assert part.au is None
    assert not Reconduction.objects.exists()


def test_beaucoup_d_inscriptions_se_font_en_autant_de_requetes_que_peu(inscrire, lire, faire):
    def compter(agir) -> int:
        with CaptureQueriesContext(connection) as requetes:
            agir()
        return len(requetes)

    def essayer() -> None:
        lecture = lire()
        assert lecture.a_reconduire
        assert lecture.a_terminer

    def remplir(combien: int) -> None:
        for _ in range(combien):
            inscrire(jours=Jours.LUNDI)
            inscrire("CM2", au=None, ne_en=2016)

    remplir(1)
    faire(**TOUT)  # content types are read once
    remplir(1)
    peu = compter(essayer), compter(lambda: faire(**TOUT))
    remplir(6)
    assert (compter(essayer), compter(lambda: faire(**TOUT))) == peu
    assert peu[0] <= 10


def test_terminee_puis_rouverte_a_la_main_elle_se_termine_de_nouveau(inscrire, faire, agent):
    une = inscrire("CM2", au=None)
    assert faire(**TOUT) == []
    une.refresh_from_db()
    une.jusqu_au(None)
    assert faire(**TOUT) == []
    une.refresh_from_db()
    assert une.au == FIN
    assert Reconduction.objects.count() == 1


def test_ce_qui_se_decide_pendant_que_la_page_se_lit_reste(inscrire, lire, agent):
    une, autre = inscrire("CM2", au=None), inscrire("CM2", au=None)
    lue = Reconductions(lire(), Choix(**TOUT))
    assert set(lue.a_terminer) == {une, autre}
    une.reserver([date(2027, 9, 6)], par=agent)
    autre.terminer(date(2027, 6, 30), par=agent)
    refus = " ".join(lue.faire())
    une.refresh_from_db()
    autre.refresh_from_db()
    assert "il reste 1\u00a0jour réservé" in refus
    assert "sa fin a changé entre-temps" in refus
    assert autre.au == date(2027, 6, 30)
    assert (une.au, une.reservations.count(), Reconduction.objects.count()) == (None, 1, 0)


def test_ce_qui_a_change_depuis_ou_se_reserve_pendant_le_retour_reste(inscrire, faire, garderie, agent):
    changee, reservee = (inscrire(au=FIN_DES_COURS, jours=Jours.LUNDI) for _ in range(2))
    faire(**TOUT)
    suites = {suite.enfant_id: suite for suite in Inscription.objects.filter(du=ANNEE.du)}
    suites[changee.enfant_id].changer_rythme(Jours.MARDI, a_compter_du=date(2027, 11, 2), par=agent)
    retour = RetourDesInscriptions(ANNEE, garderie, Reconduction.objects.first().le, par=agent)
    assert len(retour.a_supprimer) == 1
    suites[reservee.enfant_id].reserver([date(2027, 9, 7)], par=agent)
    assert retour.faire() == []
    assert Inscription.objects.filter(du__gte=ANNEE.du).count() == 3
