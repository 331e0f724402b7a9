"""Prices at la rentrée: copied with a date of effect and a percentage, once; what is billed never changes; and back."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from facturation.models import CampagneDeFacturation, ReportDeTarif, Tarif
from facturation.prix.grille import Arrondi, Unite
from facturation.rentree.tarifs import ReportDesTarifs, RetourDesTarifs
from planning.models import Prestation
from socle.annee_scolaire import AnneeScolaire
from tests.facturation.fabriques import RegieFactory
from tests.planning.fabriques import prestation as garderie_matin

ANNEE = AnneeScolaire(2027)
VEILLE = date(2027, 8, 31)


@pytest.fixture(autouse=True)
def juin(time_machine, db) -> None:
    time_machine.move_to("2027-06-21 10:00+02:00", tick=False)


@pytest.fixture
def garderie() -> Prestation:
    return garderie_matin()


def _tarif(prestation: Prestation, *, du=date(2026, 9, 1), au=None, **champs: object) -> Tarif:
    tarif = Tarif.objects.create(prestation=prestation, du=du, au=au, **champs)
    tarif.tranches.create(qf_max=600, resident=Decimal("1.15"), exterieur=Decimal("2.00"))
    tarif.tranches.create(qf_max=None, resident=Decimal("2.33"), exterieur=Decimal("4.05"))
    return tarif


def _facturer(tarif: Tarif, du: date, au: date) -> None:
    regles = {"grilles": [{"tarif": tarif.pk}]}
    CampagneDeFacturation.objects.create(regie=RegieFactory(), du=du, au=au, regles=regles)


def _reporter(par, pourcent: str = "0") -> ReportDesTarifs:
    report = ReportDesTarifs(ANNEE.du, Decimal(pourcent))
    report.faire(report.possibles, par=par)
    return report


def test_un_tarif_se_reporte_avec_tout_ce_qu_il_dit_et_son_augmentation_au_centime(garderie, regisseur):
    ancien = _tarif(garderie, unite=Unite.HEURE, pas_minutes=15, arrondi=Arrondi.PROCHE, majoration_pourcent=25)
    report = ReportDesTarifs(ANNEE.du, Decimal("2.5"))
    assert report.dire(report.possibles)[0] == (
        "1\u00a0tarif reporté à compter du 01/09/2027, +2,5\u00a0%, arrondi au centime."
    )
    report.faire(report.possibles, par=regisseur)
    ancien.refresh_from_db()
    nouveau = Tarif.objects.get(du=ANNEE.du)
    assert (ancien.au, nouveau.au) == (VEILLE, None)
    copies = ("unite", "pas_minutes", "arrondi", "absence_pourcent", "majoration_pourcent", "prestation_id")
    assert [getattr(nouveau, champ) for champ in copies] == [getattr(ancien, champ) for champ in copies]
    assert list(nouveau.tranches.values_list("qf_max", "resident", "exterieur")) == [
        (600, Decimal("1.18"), Decimal("2.05")),
        (None, Decimal("2.39"), Decimal("4.15")),
    ]
    assert list(ancien.tranches.values_list("resident", flat=True)) == [Decimal("1.15"), Decimal("2.33")]


def test_fait_deux_fois_il_ne_change_rien_de_plus(garderie, regisseur):
    _tarif(garderie)
    _reporter(regisseur, "2")
    (ligne,) = ReportDesTarifs(ANNEE.du, Decimal(2)).lignes
    assert ligne.refus == "a déjà un tarif à compter du 01/09/2027"
    _reporter(regisseur, "2")
    assert Tarif.objects.count() == 2


def test_ce_qui_ne_se_reporte_pas_dit_pourquoi(garderie, regisseur):
    assert ReportDesTarifs(ANNEE.du).lignes[0].refus == "n’a pas de tarif à reporter"
    _tarif(garderie, du=date(2014, 9, 1), au=date(2015, 8, 31))
    assert ReportDesTarifs(ANNEE.du).lignes[0].refus == "n’a pas de tarif à reporter"
    ancien = _tarif(garderie)
    _facturer(ancien, date(2027, 9, 1), date(2027, 9, 30))
    assert ReportDesTarifs(ANNEE.du).lignes[0].refus == "a déjà servi à facturer après cette date"
    Prestation.objects.update(inactive_depuis=VEILLE)
    assert ReportDesTarifs(ANNEE.du).lignes == []


def test_un_report_s_annule_et_l_ancien_finit_comme_avant(garderie, regisseur):
    ancien = _tarif(garderie, au=date(2027, 12, 31))
    _reporter(regisseur)
    (lot,) = ReportDeTarif.objects.lots(ANNEE)
    assert (lot["tarifs"], lot["nom"]) == (1, "MAIRIE")
    assert RetourDesTarifs(ANNEE, lot["le"]).faire() == 1
    ancien.refresh_from_db()
    assert ancien.au == date(2027, 12, 31)
    assert Tarif.objects.get() == ancien
    assert RetourDesTarifs(ANNEE, lot["le"]).annulables == []


def test_un_tarif_qui_finissait_deja_garde_sa_fin(garderie, regisseur):
    ancien = _tarif(garderie, au=date(2027, 7, 2))
    _reporter(regisseur)
    ancien.refresh_from_db()
    assert ancien.au == date(2027, 7, 2)
    assert RetourDesTarifs(ANNEE, ReportDeTarif.objects.get().le).faire() == 1
    ancien.refresh_from_db()
    assert ancien.au == date(2027, 7, 2)


def test_ce_qui_a_servi_a_facturer_ne_s_annule_plus(garderie, regisseur):
    _tarif(garderie)
    _reporter(regisseur)
    _facturer(Tarif.objects.get(du=ANNEE.du), date(2027, 9, 1), date(2027, 9, 30))
    retour = RetourDesTarifs(ANNEE, ReportDeTarif.objects.get().le)
    assert retour.annulables == []
    assert retour.dire() == ["1\u00a0tarif reste\u00a0: il a servi à facturer."]


def test_beaucoup_de_tarifs_se_reportent_en_autant_de_requetes_que_peu(garderie, regisseur):
    def compter() -> int:
        with CaptureQueriesContext(connection) as requetes:
            _reporter(regisseur, "1")
        return len(requetes)

    _tarif(garderie)
    compter()  # content types are read once
    Tarif.objects.all().delete()
    _tarif(garderie)
    peu = compter()
    Tarif.objects.all().delete()
    _tarif(garderie)
    heures = {"heure_debut": garderie.heure_debut, "heure_fin": garderie.heure_fin}
    for rang in range(5):
        _tarif(Prestation.objects.create(structure=garderie.structure, nom=f"Atelier {rang}", **heures))
    assert compter() == peu


def test_un_report_s_annule_meme_si_un_autre_tarif_suit_depuis(garderie, regisseur):
    ancien = _tarif(garderie)
    _reporter(regisseur)
    Tarif.objects.filter(du=ANNEE.du).update(au=date(2027, 12, 31))
    suivant = _tarif(garderie, du=date(2028, 1, 1))
    RetourDesTarifs(ANNEE, ReportDeTarif.objects.get().le).faire()
    ancien.refresh_from_db()
    assert ancien.au == date(2027, 12, 31)
    assert set(Tarif.objects.all()) == {ancien, suivant}


def test_les_lots_d_une_rentree_se_lisent_le_dernier_d_abord_sans_ceux_d_une_autre(garderie, regisseur, time_machine):
    soir = Prestation.objects.create(structure=garderie.structure, nom="Soir", heure_debut=time(17), heure_fin=time(18))
    midi = Prestation.objects.create(structure=garderie.structure, nom="Midi", heure_debut=time(12), heure_fin=time(13))
    for prestation in (garderie, soir):
        _tarif(prestation)
    _reporter(regisseur)
    time_machine.move_to("2027-06-22 10:00+02:00", tick=False)
    _tarif(midi)
    _reporter(regisseur, "3")
    lots = [(lot["tarifs"], lot["pourcent"], lot["le"].day) for lot in ReportDeTarif.objects.lots(ANNEE)]
    assert lots == [(1, Decimal(3), 22), (2, Decimal(0), 21)]
    assert ReportDeTarif.objects.lots(AnneeScolaire(2026)) == []
