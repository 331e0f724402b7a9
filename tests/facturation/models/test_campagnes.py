"""A campaign and its preview: what state they are in, which period they may cover, and which of two previews counts."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pgtrigger
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from facturation.models import ApercuDeCampagne, CampagneDeFacturation, Regie
from planning.models import Structure
from tests.attente import attendre_son_tour
from tests.facturation.fabriques import RegieFactory, mettre_en_regie

AVRIL = (date(2015, 4, 1), date(2015, 4, 30))
LE = date(2015, 5, 2)


@pytest.fixture
def campagne(regie) -> CampagneDeFacturation:
    return CampagneDeFacturation.objects.create(regie=regie, du=AVRIL[0], au=AVRIL[1])


@pytest.fixture
def voisine(regie) -> CampagneDeFacturation:
    return CampagneDeFacturation.objects.create(regie=regie, du=date(2015, 3, 1), au=date(2015, 3, 31))


def phases(campagne: CampagneDeFacturation) -> tuple[bool, bool, bool]:
    return campagne.est_en_preparation, campagne.est_en_cours, campagne.est_emise


@pytest.mark.parametrize(
    ("champs", "attendues"),
    [
        ({}, (True, False, False)),
        ({"date": LE}, (False, True, False)),
        ({"familles_a_traiter": 0}, (False, True, False)),
        ({"date": LE, "familles_a_traiter": 3}, (False, True, False)),
        ({"emise_le": datetime(2015, 5, 2, tzinfo=UTC)}, (False, False, True)),
        ({"date": LE, "familles_a_traiter": 3, "emise_le": datetime(2015, 5, 2, tzinfo=UTC)}, (False, False, True)),
    ],
    ids=["rien n’est demandé", "demandée", "commencée", "en cours", "émise", "émise après coup"],
)
def test_une_campagne_est_en_preparation_en_cours_ou_emise(champs, attendues):
    assert phases(CampagneDeFacturation(du=AVRIL[0], au=AVRIL[1], **champs)) == attendues


def test_une_regie_qui_facture_dit_une_fois_la_campagne_d_une_periode_et_non_celle_d_a_cote(regie, campagne, voisine):
    RegieFactory(code="RS", nom="Régie restauration")  # bills nothing
    for nom in ("Accueil de Loisirs", "Garderie"):
        mettre_en_regie(regie, Structure.objects.create(nom=nom))

    def dites(du: date, au: date) -> list[tuple]:
        return [(une.code, une.campagne, une.campagne_date) for une in Regie.objects.avec_campagne(du, au)]

    campagne.demander_emission(le=LE, par=None)
    assert dites(*AVRIL) == dites(date(2015, 4, 30), LE) == [("AL", campagne.pk, LE)]
    assert dites(date(2015, 3, 31), date(2015, 3, 31)) == [("AL", voisine.pk, None)]
    assert dites(LE, LE) == [("AL", None, None)]


def test_demander_l_emission_l_engage_une_fois(campagne, regisseur, directrice):
    campagne.demander_emission(le=LE, par=regisseur)
    campagne.refresh_from_db()
    assert (campagne.date, campagne.par, campagne.est_en_cours) == (LE, regisseur, True)
    campagne.demander_emission(le=date(2015, 6, 1), par=directrice)
    campagne.refresh_from_db()
    assert (campagne.date, campagne.par) == (LE, regisseur)


@pytest.mark.parametrize(
    "champs", [{"regles": None}, {"regles": {"grilles": [1]}}, {"au": date(2015, 4, 29)}, {"du": date(2015, 4, 2)}]
)
def test_une_campagne_qui_a_emis_garde_ses_regles_et_sa_periode(campagne, champs):
    siennes = CampagneDeFacturation.objects.filter(pk=campagne.pk)
    siennes.update(au=date(2015, 4, 28))
    siennes.update(au=AVRIL[1], regles={"grilles": []})
    siennes.update(familles_traitees=3, du=AVRIL[0], regles={"grilles": []})
    with pytest.raises(IntegrityError), pgtrigger.ignore(), transaction.atomic():
        siennes.update(**champs)
    campagne.refresh_from_db()
    assert (campagne.du, campagne.au, campagne.regles) == (*AVRIL, {"grilles": []})


@pytest.mark.parametrize(
    ("du", "au", "dit"),
    [
        (date(2015, 1, 1), date(2015, 12, 31), None),
        (date(2015, 1, 1), date(2016, 1, 1), None),
        (date(2015, 1, 1), date(2016, 1, 2), "Une campagne couvre un an au plus."),
        (date(2015, 4, 30), date(2015, 4, 29), "La fin doit suivre le début."),
        (date(2015, 4, 30), date(2015, 4, 30), None),
        (None, date(2015, 4, 30), None),
        (date(2015, 4, 1), None, None),
    ],
)
def test_une_campagne_couvre_un_an_au_plus_et_dans_l_ordre(du, au, dit):
    campagne = CampagneDeFacturation(du=du, au=au)
    if dit is None:
        assert campagne.clean() is None
    else:
        with pytest.raises(ValidationError) as refus:
            campagne.clean()
        assert refus.value.message_dict == {"au": [dit]}


@pytest.mark.parametrize(
    ("du", "au", "periode"),
    [
        (*AVRIL, "avril 2015"),
        (date(2015, 4, 1), date(2015, 4, 29), "01/04/2015 - 29/04/2015"),
        (date(2015, 3, 31), date(2015, 4, 30), "31/03/2015 - 30/04/2015"),
        (date(2015, 2, 1), date(2015, 3, 31), "01/02/2015 - 31/03/2015"),
    ],
)
def test_une_campagne_d_un_mois_porte_son_nom(du, au, periode):
    assert CampagneDeFacturation(du=du, au=au).periode == periode


def test_un_apercu_avance_puis_conclut(campagne, dupont):
    apercu = ApercuDeCampagne.objects.recommencer(campagne, au=LE)
    assert (apercu.est_pret, apercu.au) == (False, LE)
    apercu.avancer(3, 12)
    apercu.recueillir({dupont.famille.pk: Decimal("12.50")})
    apercu.conclure({"total": "12.50"})
    apercu.refresh_from_db()
    assert (apercu.familles_comptees, apercu.familles_a_compter) == (3, 12)
    assert (apercu.est_pret, apercu.contenu) == (True, {"total": "12.50"})
    assert [(part.famille, part.montant) for part in apercu.parts.all()] == [(dupont.famille, Decimal("12.50"))]


def test_un_ouvrier_qui_reprend_recommence_le_sien_et_lui_seul(campagne, voisine, dupont):
    apercu, autre = (ApercuDeCampagne.objects.recommencer(une, au=LE) for une in (campagne, voisine))
    for un in (apercu, autre):
        un.recueillir({dupont.famille.pk: Decimal(1)})
    apercu.commencer()
    assert (apercu.parts.count(), autre.parts.count()) == (0, 1)


def test_un_apercu_redemande_remplace_le_sien_et_l_ancien_n_ecrit_plus_nulle_part(campagne, voisine, dupont):
    autre = ApercuDeCampagne.objects.recommencer(voisine, au=LE)
    ancien = ApercuDeCampagne.objects.recommencer(campagne, au=LE)
    nouveau = ApercuDeCampagne.objects.recommencer(campagne, au=LE + timedelta(days=1))
    assert set(ApercuDeCampagne.objects.all()) == {nouveau, autre}
    ancien.avancer(1, 1)
    ancien.recueillir({dupont.famille.pk: Decimal(1)})
    ancien.conclure({"total": "1"})
    for lu in (nouveau, autre):
        lu.refresh_from_db()
        assert (lu.familles_comptees, lu.familles_a_compter, lu.calcule_le, lu.contenu) == (0, None, None, {})
        assert not lu.parts.exists()


@pytest.mark.django_db(transaction=True)
def test_deux_apercus_demandes_a_la_fois_se_suivent(campagne):
    apercu = attendre_son_tour(campagne, lambda: ApercuDeCampagne.objects.recommencer(campagne, au=LE))
    assert apercu == ApercuDeCampagne.objects.get()


@pytest.mark.django_db(transaction=True)
def test_ce_qu_un_apercu_recueille_attend_qu_on_ne_le_remplace_pas(campagne, dupont):
    apercu = ApercuDeCampagne.objects.recommencer(campagne, au=LE)
    attendre_son_tour(apercu, lambda: apercu.recueillir({dupont.famille.pk: Decimal(1)}))
    assert apercu.parts.count() == 1
