"""The published calendar, imported: the zones of the time, the corrections of the agents, what the data lack."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from planning.models import JourFerie, Vacances
from planning.models.calendrier import Source

pytestmark = pytest.mark.django_db


def importer(depuis, annees=1, **options) -> tuple[str, str]:
    sortie, erreurs = StringIO(), StringIO()
    call_command("importer_calendrier", depuis=depuis, annees=annees, stdout=sortie, stderr=erreurs, **options)
    return sortie.getvalue().replace("\u00a0", " "), erreurs.getvalue().replace("\u00a0", " ")


def periodes():
    return list(Vacances.objects.values_list("nom", "genre", "du", "au", "zone"))


def test_en_2014_2015_toulouse_est_en_zone_a(settings):
    settings.ZONE_SCOLAIRE, settings.ZONE_SCOLAIRE_AVANT_2015 = "C", "A"
    importer(2014)
    assert ("Vacances de printemps", "P", date(2015, 4, 11), date(2015, 4, 26), "A") in periodes()
    assert ("Vacances d’été", "G", date(2015, 7, 4), date(2015, 8, 31), "A") in periodes()
    assert JourFerie.objects.get(jour=date(2015, 4, 6)).nom == "Lundi de Pâques"


def test_apres_la_reforme_toulouse_est_en_zone_c(settings):
    settings.ZONE_SCOLAIRE = "C"
    importer(2015)
    assert {zone for *_, zone in periodes()} == {"C"}


def test_importer_deux_fois_ne_change_rien():
    importer(2025, 3)
    avant = list(Vacances.objects.values_list()), list(JourFerie.objects.values_list())
    assert importer(2025, 3)[0] == "0 jour férié, 0 période de vacances.\n"
    assert (list(Vacances.objects.values_list()), list(JourFerie.objects.values_list())) == avant


def test_ce_qu_un_agent_a_corrige_reste():
    importer(2025)
    noel = Vacances.objects.get(nom="Vacances de Noël")
    noel.au = date(2026, 1, 6)
    noel.save()
    ferie = JourFerie.objects.get(jour=date(2026, 5, 25))
    ferie.travaille = True
    ferie.save()
    importer(2025)
    noel.refresh_from_db()
    ferie.refresh_from_db()
    assert (noel.au, noel.source, ferie.travaille) == (date(2026, 1, 6), Source.AGENT, True)
    assert Vacances.objects.filter(nom="Vacances de Noël").count() == 1


def test_une_periode_importee_suit_les_donnees():
    importer(2025)
    noel = Vacances.objects.filter(nom="Vacances de Noël")
    fin = noel.get().au
    noel.update(au=date(2026, 1, 20))
    importer(2025)
    assert noel.get().au == fin


def test_le_pont_de_l_ascension_2026_manque_et_se_dit_jusqu_a_ce_qu_un_agent_l_ajoute():
    avertissement = (
        "Le pont de l’Ascension, le vendredi 15 mai 2026, n’est pas dans les données : ajoutez-le s’il a lieu.\n"
    )
    assert importer(2025)[1] == avertissement
    Vacances.objects.create(nom="Pont de l’Ascension", du=date(2026, 5, 15), au=date(2026, 5, 16))
    assert importer(2025)[1] == ""
    assert Vacances.objects.filter(nom__startswith="Pont").count() == 1


def test_les_annees_que_les_donnees_ne_couvrent_pas_se_disent():
    erreurs = importer(2027, 3)[1]
    assert "Vacances absentes des données, 2028-2029 : Vacances de la Toussaint, Vacances de Noël" in erreurs
    assert "2029-2030" in erreurs
    assert "2027-2028" not in erreurs


def test_par_defaut_l_annee_scolaire_en_cours_et_les_deux_suivantes(time_machine):
    time_machine.move_to("2026-02-01T12:00:00+01:00")
    call_command("importer_calendrier", stdout=StringIO(), stderr=StringIO())
    jours = JourFerie.objects.values_list("jour", flat=True)
    assert (min(jours), max(jours)) == (date(2025, 11, 1), date(2028, 8, 15))
