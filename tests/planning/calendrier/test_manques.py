"""What the town's calendar lacks: one holiday of a year does not stand for its others."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from planning.calendrier.manques import manques
from planning.models import JourFerie, Vacances

pytestmark = pytest.mark.django_db
LE = date(2026, 11, 10)
PERIODES = {
    "Toussaint": (date(2026, 10, 17), date(2026, 11, 1)),
    "Noël": (date(2026, 12, 19), date(2027, 1, 3)),
    "hiver": (date(2027, 2, 6), date(2027, 2, 21)),
    "printemps": (date(2027, 4, 3), date(2027, 4, 18)),
    "été": (date(2027, 7, 3), date(2027, 8, 31)),
}


@pytest.fixture(autouse=True)
def zone_c(settings):
    settings.ZONE_SCOLAIRE = "C"


def saisir(*noms: str, zone: str = "") -> None:
    for nom in noms:
        du, au = PERIODES[nom]
        Vacances.objects.create(nom=nom, du=du, au=au, zone=zone)


def dits(le: date = LE) -> list[str]:
    return [manque.replace("\u00a0", " ") for manque in manques(le)]


@pytest.fixture
def feries() -> None:
    call_command("importer_calendrier", depuis=2026, annees=1, stdout=StringIO(), stderr=StringIO())
    Vacances.objects.all().delete()


def test_une_seule_periode_ne_fait_pas_une_annee(feries):
    saisir("Noël")
    assert dits() == ["Vacances scolaires 2026-2027, zone C (Toussaint, hiver, printemps, été)"]


@pytest.mark.parametrize("absente", PERIODES)
def test_chaque_periode_qui_manque_se_nomme(feries, absente):
    saisir(*(nom for nom in PERIODES if nom != absente))
    assert dits() == [f"Vacances scolaires 2026-2027, zone C ({absente})"]


def test_saisies_par_un_agent_elles_suffisent(feries):
    saisir(*PERIODES)
    assert dits() == []


def test_celles_d_une_autre_zone_ne_sont_pas_celles_de_la_commune(feries):
    saisir("Toussaint", "Noël", "été")
    saisir("hiver", "printemps", zone="A")
    assert dits() == ["Vacances scolaires 2026-2027, zone C (hiver, printemps)"]


def test_le_pont_de_l_ascension_ne_tient_pas_lieu_de_printemps(feries):
    saisir(*(nom for nom in PERIODES if nom != "printemps"))
    Vacances.objects.create(nom="Pont", du=date(2027, 5, 6), au=date(2027, 5, 9))
    assert dits() == ["Vacances scolaires 2026-2027, zone C (printemps)"]


def test_un_seul_jour_ferie_ne_fait_pas_une_annee(feries):
    saisir(*PERIODES)
    JourFerie.objects.filter(jour__in=[date(2027, 5, 6), date(2027, 7, 14)]).delete()
    (dit,) = dits()
    assert dit.startswith("Jours fériés 2026-2027 (Ascension, ")


def test_avant_la_reforme_la_zone_est_celle_d_alors(settings):
    settings.ZONE_SCOLAIRE_AVANT_2015 = "A"
    call_command("importer_calendrier", depuis=2014, annees=1, stdout=StringIO(), stderr=StringIO())
    assert dits(date(2015, 4, 2)) == []


@pytest.mark.parametrize("zone", "ABC")
@pytest.mark.parametrize("annee", range(2016, 2028))
def test_ce_que_les_donnees_publient_suffit(settings, zone, annee):
    settings.ZONE_SCOLAIRE = zone
    call_command("importer_calendrier", depuis=annee, annees=1, zone=zone, stdout=StringIO(), stderr=StringIO())
    assert dits(date(annee, 11, 10)) == []
