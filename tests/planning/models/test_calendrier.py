"""The town's calendar as it is read: what touches the days asked for, and enough before them for the deadlines."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from planning.models import Fermeture, JourFerie, Vacances, lire_calendrier
from planning.models.calendrier import RECUL, Source
from planning.regles.jours import Periode

DU, AU = date(2015, 4, 8), date(2015, 4, 29)
UN_JOUR = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("du", "au", "lu"),
    [
        (AU, AU + UN_JOUR, True),
        (AU + UN_JOUR, AU + UN_JOUR, False),
        (date(2010, 1, 1), DU - RECUL, True),
        (date(2010, 1, 1), DU - RECUL - UN_JOUR, False),
        (date(2010, 1, 1), date(2020, 1, 1), True),
    ],
)
def test_vacances_et_fermetures_se_lisent_du_recul_au_dernier_jour(du, au, lu):
    Vacances.objects.create(nom="Vacances", du=du, au=au)
    Fermeture.objects.create(du=du, au=au, motif="travaux")
    calendrier = lire_calendrier(DU, AU)
    assert (bool(calendrier.vacances), bool(calendrier.fermetures)) == (lu, lu)


@pytest.mark.parametrize(
    ("jour", "lu"),
    [(AU, True), (AU + UN_JOUR, False), (DU - RECUL, True), (DU - RECUL - UN_JOUR, False)],
)
def test_les_feries_aussi(jour, lu):
    JourFerie.objects.create(jour=jour, nom="Férié")
    assert (jour in lire_calendrier(DU, AU).feries) is lu


def test_un_ferie_travaille_n_en_est_plus_un():
    JourFerie.objects.create(jour=DU, nom="Lundi de Pentecôte", travaille=True)
    JourFerie.objects.create(jour=AU, nom="1er mai")
    assert lire_calendrier(DU, AU).feries == {AU: "1er mai"}


def test_de_deux_vacances_ou_fermetures_qui_se_chevauchent_la_derniere_commencee_l_emporte():
    Vacances.objects.create(nom="Pont", genre=Vacances.Genre.PETITES, du=date(2015, 4, 15), au=date(2015, 4, 16))
    Vacances.objects.create(nom="Été", genre=Vacances.Genre.GRANDES, du=date(2015, 4, 10), au=date(2015, 4, 20))
    calendrier = lire_calendrier(DU, AU)
    periodes = [calendrier.periode(date(2015, 4, jour)) for jour in (9, 10, 14, 15, 16, 17, 20, 21)]
    grandes, petites, ecole = Periode.GRANDES_VACANCES, Periode.PETITES_VACANCES, Periode.SCOLAIRE
    assert periodes == [ecole, grandes, grandes, petites, petites, grandes, grandes, ecole]
    for jour, motif in ((15, "grève"), (10, "travaux")):
        Fermeture.objects.create(du=date(2015, 4, jour), au=date(2015, 4, 20), motif=motif)
    calendrier = lire_calendrier(DU, AU)
    assert [calendrier.fermeture(date(2015, 4, jour), None) for jour in (9, 14, 15, 20)] == [
        None, "travaux", "grève", "grève",
    ]  # fmt: skip


def test_une_structure_fermee_ne_ferme_pas_les_autres(alsh):
    Fermeture.objects.create(structure=alsh, du=DU, au=DU, motif="travaux")
    Fermeture.objects.create(du=AU, au=AU, motif="neige")
    calendrier = lire_calendrier(DU, AU)
    assert [calendrier.fermeture(jour, alsh.pk) for jour in (DU, AU)] == ["travaux", "neige"]
    assert [calendrier.fermeture(jour, alsh.pk + 1) for jour in (DU, AU)] == [None, "neige"]
    assert [str(fermeture) for fermeture in Fermeture.objects.order_by("du")] == [
        "Accueil de Loisirs\u00a0: travaux",
        "Toutes les structures\u00a0: neige",
    ]


@pytest.mark.parametrize("oublie", ["du", "au"])
def test_une_fermeture_a_laquelle_manque_un_jour_le_dit(oublie):
    with pytest.raises(ValidationError) as refus:
        Fermeture(**{"du": DU, "au": AU, "motif": "travaux"} | {oublie: None}).full_clean()
    assert set(refus.value.message_dict) == {oublie}


def test_ce_qu_un_agent_enregistre_est_de_lui():
    vacances = Vacances(nom="Pont", du=DU, au=AU, source=Source.IMPORT)
    vacances.save()
    vacances.refresh_from_db()
    assert (vacances.source, vacances.nom) == (Source.AGENT, "Pont")
