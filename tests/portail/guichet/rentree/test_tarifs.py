"""The screen of the prices at la rentrée: old and new side by side, by the date and the percentage that one types."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from facturation.models import ReportDeTarif, Tarif, TrancheDeTarif
from tests.planning.fabriques import prestation as garderie_matin

PAGE = "/admin/guichet/rentree/2027-2028/tarifs/"
RETOUR = f"{PAGE}annulation/"


@pytest.fixture(autouse=True)
def juin(time_machine, db) -> None:
    time_machine.move_to("2027-06-21 10:00+02:00", tick=False)


@pytest.fixture
def tarif() -> Tarif:
    tarif = Tarif.objects.create(prestation=garderie_matin(), du=date(2026, 9, 1))
    tarif.tranches.create(qf_max=None, resident=Decimal("2.00"), exterieur=Decimal("4.00"))
    return tarif


@pytest.fixture
def regie(client: Client, regisseur) -> Client:
    client.force_login(regisseur)
    return client


def _confirmer(client: Client, adresse: str, champs: dict):
    question = client.post(adresse, champs).context["confirmation"]
    return client.post(adresse, champs | {"confirme": question.lu}, follow=True).content.decode()


def test_on_lit_les_deux_prix_on_reporte_puis_on_annule(regie, tarif):
    page = regie.get(PAGE, {"du": "01/09/2027", "pourcent": "2,5"}).content.decode()
    assert "2,05\u00a0€" in page
    assert '<input type="hidden" name="pourcent" value="2,5">' in page
    champs = {"du": "01/09/2027", "pourcent": "2,5", "prestation": tarif.prestation_id}
    lu = regie.post(PAGE, champs).context["confirmation"].lu
    renonce = regie.post(PAGE, champs | {"confirme": lu, "renoncer": "oui"}).content.decode()
    assert f'value="{tarif.prestation_id}" checked' in renonce
    assert Tarif.objects.get() == tarif
    assert "C’est fait" in _confirmer(regie, PAGE, champs)
    assert TrancheDeTarif.objects.exclude(tarif=tarif).get().resident == Decimal("2.05")
    assert "+2,5\u00a0%" in regie.get(PAGE).content.decode()
    lot = {"lot": ReportDeTarif.objects.get().le.isoformat()}
    assert "C’est annulé" in _confirmer(regie, RETOUR, lot)
    assert Tarif.objects.get() == tarif
    assert "est déjà annulé" in regie.post(RETOUR, lot, follow=True).content.decode()


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"du": "01/09/2026"}, "Choisissez un jour de l’année 2027-2028."),
        ({"du": "hier"}, "Saisissez une date valide."),
        ({"du": "01/09/2027", "pourcent": "80"}, "50"),
    ],
)
def test_ce_qui_ne_se_comprend_pas_se_dit(regie, tarif, champs, phrase):
    envoi = champs | {"prestation": tarif.prestation_id}
    for reponse in (regie.get(PAGE, champs), regie.post(PAGE, envoi)):
        assert phrase in str(reponse.context["form"].errors)
    assert Tarif.objects.count() == 1


def test_rien_de_coche_ne_reporte_rien(regie, tarif):
    assert "Aucun tarif" in regie.post(PAGE, {"du": "01/09/2027"}, follow=True).content.decode()


@pytest.mark.parametrize(("groupe", "statut"), [("directrice", 200), ("animateur", 403), ("agent", 403)])
def test_qui_tient_les_tarifs_les_reporte(client, request, groupe, statut):
    client.force_login(request.getfixturevalue(groupe))
    assert client.get(PAGE).status_code == statut
    envois = [client.post(PAGE, {"du": "01/09/2027"}), client.post(RETOUR, {"lot": "2027-06-21T10:00:00+02:00"})]
    assert {reponse.status_code for reponse in envois} == {302 if statut == 200 else 403}


def test_la_page_demande_peu_a_la_base(regie, tarif):
    regie.get(PAGE)
    envoi = {"du": "01/09/2027", "prestation": tarif.prestation_id}
    for agir in (lambda: regie.get(PAGE), lambda: regie.post(PAGE, envoi)):
        with CaptureQueriesContext(connection) as requetes:
            assert agir().status_code == 200
        assert len([requete for requete in requetes if "SAVEPOINT" not in requete["sql"]]) <= 15
