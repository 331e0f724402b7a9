"""What nobody would bill is said before the issue, with the page on which it is mended."""

from datetime import date
from urllib.parse import unquote

import pytest
import time_machine
from django.urls import resolve

from facturation.campagne.a_regarder.anomalie import Anomalie
from facturation.campagne.apercu import apercevoir
from planning.models import JourFerie, Prestation, Structure, Vacances
from planning.regles.etats import Presence
from tests.facturation.ville import DECEMBRE, LE, NOVEMBRE, OCTOBRE, TOUS, Ville, emettre, foyer, inscrire, reserver


def anomalies(ville: Ville, periode: tuple[date, date] = OCTOBRE) -> dict[str, Anomalie]:
    apercu = apercevoir(ville.campagne(periode), au=date(2027, 1, 4))
    return {anomalie.titre.split("\u00a0:")[0]: anomalie for anomalie in apercu.anomalies}


def page(anomalie: Anomalie) -> str:
    return resolve(anomalie.lien.split("?")[0]).view_name


def test_rien_ne_manque_rien_n_est_dit(ville):
    reserver(inscrire(*foyer(), ville.cantine), [1])
    assert anomalies(ville) == {}


def test_un_mois_jamais_appele(ville):
    reserver(inscrire(*foyer(), ville.cantine), [1, 2], presence=Presence.NON_POINTEE)
    appel = anomalies(ville)["Appel non fait"]
    assert (appel.nombre, page(appel)) == (2, "admin:planning_prestation_appels")
    assert appel.lien.endswith("?jour=2026-10-01")


def test_un_mois_jamais_facture(ville):
    reserver(inscrire(*foyer(), ville.cantine), [1])
    with time_machine.travel(LE, tick=False):
        emettre(ville.campagne())
    oubli = anomalies(ville, DECEMBRE)["Période jamais facturée par cette régie"]
    assert oubli.textes == ["Du 01/11/2026 au 30/11/2026"]
    assert page(oubli) == "admin:facturation_campagnedefacturation_add"
    assert unquote(oubli.lien).endswith(f"?regie={ville.regie.pk}&du=01/11/2026&au=30/11/2026")


def test_un_mois_ou_personne_n_etait_inscrit_ne_manque_pas(ville):
    with time_machine.travel(LE, tick=False):
        emettre(ville.campagne())
    assert anomalies(ville, DECEMBRE) == {}


def test_deux_mois_qui_se_suivent_ne_laissent_pas_de_trou(suite):
    assert "Période jamais facturée par cette régie" not in anomalies(suite.ville, NOVEMBRE)


def test_une_prestation_sans_tarif(ville):
    ville.garderie.tarifs.all().delete()
    sans = anomalies(ville)["Prestations sans tarif sur cette période"]
    assert (sans.textes, page(sans)) == (["Garderie matin"], "admin:facturation_tarif_add")


def test_une_prestation_inactive_n_a_pas_besoin_de_tarif(ville):
    ville.garderie.tarifs.all().delete()
    Prestation.objects.filter(pk=ville.garderie.pk).update(inactive_depuis=date(2026, 9, 1))
    assert anomalies(ville) == {}


def test_une_structure_sans_regie(ville):
    structure = Structure.objects.create(nom="Accueil de loisirs")
    alsh = Prestation.objects.create(
        nom="ALSH", structure=structure, heure_debut="08:00", heure_fin="18:00", jours_scolaires=TOUS
    )
    assert anomalies(ville) == {}  # nobody goes there
    ville.regie.campagnes.all().delete()
    inscrire(*foyer(), alsh)
    sans = anomalies(ville)["Structures sans régie"]
    assert (sans.textes, page(sans)) == (["Accueil de loisirs"], "admin:facturation_regie_change")


@pytest.mark.parametrize(
    ("modele", "titre", "exemple", "ou"),
    [
        (Vacances, "Année sans calendrier", "Vacances scolaires 2026-2027", "admin:planning_vacances_changelist"),
        (JourFerie, "Année sans jours fériés", "Jours fériés 2026", "admin:planning_jourferie_changelist"),
    ],
)
def test_une_annee_sans_calendrier(ville, modele, titre, exemple, ou):
    modele.objects.all().delete()
    anomalie = anomalies(ville)[titre]
    assert (anomalie.textes, page(anomalie)) == ([exemple], ou)


def test_un_calendrier_d_une_autre_annee_ne_suffit_pas(ville):
    Vacances.objects.update(du=date(2027, 9, 1), au=date(2027, 9, 2))
    assert list(anomalies(ville)) == ["Année sans calendrier"]
