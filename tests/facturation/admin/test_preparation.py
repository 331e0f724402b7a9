"""A campaign as the régie types it, and gives it up: one a period, in order, until it is issued."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from facturation.admin.campagne import CampagneAdmin
from facturation.models import ApercuDeCampagne, CampagneDeFacturation, Regie
from tests.facturation import fabriques
from tests.facturation.admin.pages import adresse

LE_2_NOVEMBRE = time_machine.travel("2026-11-02 09:00+01:00", tick=False)
DEJA_UNE_CAMPAGNE = "Cette régie a déjà une campagne sur cette période."
DANS_L_ORDRE = "La fin doit suivre le début."


def preparer(bureau: Client, regie: Regie, du: str, au: str):
    return bureau.post(adresse("campagnedefacturation", "add"), {"regie": regie.pk, "du": du, "au": au})


@LE_2_NOVEMBRE
def test_chaque_regie_a_sa_campagne_du_mois(bureau, regie):
    autre = fabriques.RegieFactory(code="MU", nom="Régie école de musique")
    assert preparer(bureau, regie, "01/10/2026", "31/10/2026").status_code == 302
    assert preparer(bureau, autre, "01/10/2026", "31/10/2026").status_code == 302
    assert DEJA_UNE_CAMPAGNE in preparer(bureau, regie, "15/10/2026", "15/11/2026").text
    assert CampagneDeFacturation.objects.count() == 2


@LE_2_NOVEMBRE
def test_une_campagne_aux_dates_inversees_revient(bureau, regie):
    page = preparer(bureau, regie, "31/10/2026", "01/10/2026")
    assert (page.status_code, page.text.count(DANS_L_ORDRE)) == (200, 1)
    assert not CampagneDeFacturation.objects.exists()


@LE_2_NOVEMBRE
def test_une_campagne_couvre_un_an_au_plus(bureau, regie):
    page = preparer(bureau, regie, "01/03/2027", "31/03/2072")
    assert (page.status_code, page.text.count("Une campagne couvre un an au plus.")) == (200, 1)
    assert preparer(bureau, regie, "01/09/2027", "31/08/2028").status_code == 302


@pytest.mark.parametrize(
    ("du", "au", "periode"),
    [
        (date(2027, 3, 1), date(2027, 3, 31), "mars 2027"),
        (date(2027, 3, 1), date(2072, 3, 31), "01/03/2027 - 31/03/2072"),
        (date(2027, 3, 1), date(2027, 3, 30), "01/03/2027 - 30/03/2027"),
        (date(2027, 2, 1), date(2027, 3, 31), "01/02/2027 - 31/03/2027"),
    ],
)
def test_une_campagne_d_un_mois_porte_son_nom(du, au, periode):
    assert CampagneDeFacturation(du=du, au=au).periode == periode


@LE_2_NOVEMBRE
def test_une_campagne_mal_saisie_se_supprime_avec_son_apercu(bureau, regie):
    preparer(bureau, regie, "01/10/2026", "30/10/2026")
    campagne = CampagneDeFacturation.objects.get()
    assert ApercuDeCampagne.objects.filter(campagne=campagne).exists()
    chemin = adresse("campagnedefacturation", "delete", campagne.pk)
    assert f'href="{chemin}"' in bureau.get(adresse("campagnedefacturation", "apercu", campagne.pk)).text
    assert bureau.get(chemin).status_code == 200
    assert bureau.post(chemin, {"post": "yes"}).status_code == 302
    assert not CampagneDeFacturation.objects.exists()
    assert not ApercuDeCampagne.objects.exists()
    assert preparer(bureau, regie, "01/10/2026", "31/10/2026").status_code == 302


@LE_2_NOVEMBRE
def test_une_campagne_qui_s_emet_ne_se_supprime_plus(bureau, regie):
    campagne = fabriques.campagne()
    CampagneDeFacturation.objects.update(familles_a_traiter=12)
    chemin = adresse("campagnedefacturation", "delete", campagne.pk)
    assert f'href="{chemin}"' not in bureau.get(adresse("campagnedefacturation", "apercu", campagne.pk)).text
    assert bureau.post(chemin, {"post": "yes"}).status_code == 403
    assert CampagneDeFacturation.objects.exists()


@LE_2_NOVEMBRE
def test_une_emission_commencee_entre_temps_empeche_de_supprimer(bureau, regie, monkeypatch):
    """The page was read while the campaign was still in preparation."""
    campagne = fabriques.campagne()
    lue = CampagneDeFacturation.objects.get(pk=campagne.pk)
    monkeypatch.setattr(CampagneAdmin, "get_object", lambda *_: lue)
    monkeypatch.setattr(CampagneAdmin, "get_deleted_objects", lambda *_: ([], {}, set(), []))
    CampagneDeFacturation.objects.update(familles_a_traiter=12)
    assert bureau.post(adresse("campagnedefacturation", "delete", campagne.pk), {"post": "yes"}).status_code == 403
    assert CampagneDeFacturation.objects.exists()


@LE_2_NOVEMBRE
def test_les_campagnes_ne_se_suppriment_pas_par_lot(bureau, regie):
    campagne = fabriques.campagne()
    liste = adresse("campagnedefacturation", "changelist")
    assert "delete_selected" not in bureau.get(liste).text
    bureau.post(liste, {"action": "delete_selected", "_selected_action": [campagne.pk], "post": "yes"})
    assert CampagneDeFacturation.objects.exists()


def test_qui_ne_prepare_pas_de_campagne_n_en_supprime_pas(agent):
    campagne = fabriques.campagne()
    client = Client()
    client.force_login(agent, backend="famille.connexion.CompteDuPortail")
    chemin = adresse("campagnedefacturation", "delete", campagne.pk)
    assert client.post(chemin, {"post": "yes"}).status_code == 403
    assert CampagneDeFacturation.objects.exists()
