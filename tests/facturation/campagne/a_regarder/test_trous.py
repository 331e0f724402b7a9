"""What nobody would bill is said before the issue, with the page on which it is mended."""

from datetime import date, timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.urls import resolve

from facturation.campagne.a_regarder.anomalie import Anomalie
from facturation.campagne.apercu import apercevoir
from planning.models import AppelTermine, JourFerie, Prestation, Structure, Vacances
from planning.regles.etats import Presence
from tests.facturation import fabriques
from tests.facturation.ville import DECEMBRE, LE, NOVEMBRE, OCTOBRE, TOUS, Ville, emettre, foyer, inscrire, reserver

VACANCES, FERIES = "Calendrier incomplet", "Jours fériés manquants"


@pytest.fixture(autouse=True)
def zone_c(settings):
    settings.ZONE_SCOLAIRE = "C"


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
        (Vacances, VACANCES, "Vacances scolaires 2026-2027, zone\u00a0C", "admin:planning_vacances_changelist"),
        (JourFerie, FERIES, "Jours fériés 2026-2027", "admin:planning_jourferie_changelist"),
    ],
)
def test_une_annee_sans_calendrier(ville, modele, titre, exemple, ou):
    modele.objects.all().delete()
    (lue,) = anomalies(ville).items()
    assert (lue[0], lue[1].textes, page(lue[1])) == (titre, [exemple], ou)


def test_une_seule_periode_ne_fait_pas_un_calendrier(ville):
    Vacances.objects.exclude(nom="Noël").delete()
    JourFerie.objects.filter(jour__lt=date(2027, 8, 1)).delete()
    lues = anomalies(ville)
    assert lues[VACANCES].textes == ["Vacances scolaires 2026-2027, zone\u00a0C (Toussaint, hiver, printemps, été)"]
    (feries,) = lues[FERIES].textes
    assert feries.startswith("Jours fériés 2026-2027 (Toussaint, 11 novembre, Jour de Noël, ")


def test_les_vacances_d_une_autre_zone_ne_suffisent_pas(ville):
    Vacances.objects.filter(nom="Hiver").update(zone="A")
    assert anomalies(ville)[VACANCES].textes == ["Vacances scolaires 2026-2027, zone\u00a0C (hiver)"]


def test_un_calendrier_d_une_autre_annee_ne_suffit_pas(ville):
    Vacances.objects.update(du=date(2027, 9, 1), au=date(2027, 9, 2))
    assert list(anomalies(ville)) == [VACANCES]


def test_trois_mois_qui_se_suivent_ne_laissent_pas_de_trou(suite):
    suite.facturer_novembre()
    assert "Période jamais facturée par cette régie" not in anomalies(suite.ville, DECEMBRE)


def test_une_campagne_qui_suit_ne_fait_pas_de_trou(suite):
    suite.ville.campagne((date(2027, 1, 1), date(2027, 1, 31)))
    assert "Période jamais facturée par cette régie" not in anomalies(suite.ville, NOVEMBRE)


def test_un_mois_ou_l_on_n_etait_inscrit_qu_a_une_autre_regie_ne_manque_pas(ville):
    cirque = Structure.objects.create(nom="École du cirque")
    fabriques.mettre_en_regie(fabriques.RegieFactory(code="CQ", numcli="012346"), cirque)
    inscrire(
        *foyer(), Prestation.objects.create(nom="Cirque", structure=cirque, heure_debut="17:00", heure_fin="18:00")
    )
    with time_machine.travel(LE, tick=False):
        emettre(ville.campagne())
    assert anomalies(ville, DECEMBRE) == {}


@pytest.mark.parametrize(("jours", "dit"), [(366, True), (367, False)])
def test_un_mois_jamais_facture_se_cherche_sur_un_an(ville, jours, dit):
    inscrire(*foyer(), ville.cantine)
    jour = OCTOBRE[1] + timedelta(days=jours)
    ville.campagne()
    oubli = anomalies(ville, (jour, jour)).get("Période jamais facturée par cette régie")
    assert (oubli is not None) is dit
    assert oubli is None or oubli.nombre == 1


def test_une_campagne_a_cheval_sur_deux_annees_a_besoin_des_deux_calendriers(ville):
    lues = anomalies(ville, (date(2026, 12, 15), date(2027, 9, 15)))
    assert lues[VACANCES].textes == ["Vacances scolaires 2027-2028, zone\u00a0C"]
    assert lues[FERIES].textes == ["Jours fériés 2027-2028"]
    assert (lues[VACANCES].nombre, lues[FERIES].nombre) == (1, 1)


def test_deux_prestations_sans_tarif_se_comptent_et_une_structure_servie_a_une_regie(ville):
    ville.cantine.tarifs.all().delete()
    ville.garderie.tarifs.all().delete()
    inscrire(*foyer(), ville.cantine)
    lues = anomalies(ville)
    assert list(lues) == ["Prestations sans tarif sur cette période"]
    sans = lues["Prestations sans tarif sur cette période"]
    assert (sans.nombre, sorted(sans.textes)) == (2, ["Garderie matin", "Restauration scolaire"])
    assert sans.lien == sans.exemples[0].lien


def test_les_jours_qui_ne_sont_pas_termines(ville, agent):
    """Of a prestation whose rolls are ended; what is billed is the same."""
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1, 2], presence=Presence.PRESENT)
    reserver(inscrire(famille, enfant, ville.garderie), [5], presence=Presence.NON_POINTEE)
    campagne = ville.campagne(OCTOBRE)
    avant = apercevoir(campagne, au=date(2027, 1, 4))
    assert {une.titre for une in avant.anomalies} == {"Appel non fait"}
    with time_machine.travel(LE, tick=False):
        AppelTermine.objects.terminer(ville.cantine, date(2026, 10, 1), par=agent)
        AppelTermine.objects.terminer(ville.garderie, date(2026, 10, 5), par=agent)
    apres = apercevoir(campagne, au=date(2027, 1, 4))
    assert [(une.titre, une.textes) for une in apres.anomalies] == [
        ("Appel terminé sans que tous les enfants attendus soient pointés", [f"{ville.garderie}\u00a0: 05/10/2026"]),
        ("Appel non terminé", [f"{ville.cantine}\u00a0: 02/10/2026"]),
    ]
    assert (apres.factures, apres.montant) == (avant.factures, avant.montant)
