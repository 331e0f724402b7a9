"""The prices as the régie types them: what follows, what overlaps, what cannot be."""

from datetime import date

import pytest

from facturation.models import Tarif
from tests.facturation import fabriques
from tests.facturation.admin.pages import adresse

DEJA_UN_TARIF = "Cette prestation a déjà un tarif à ces dates."
DANS_L_ORDRE = "La fin doit suivre le début."


@pytest.fixture
def tarif(db) -> Tarif:
    """Since 1 September 2014, until further notice."""
    return fabriques.prestation_tarifee()


def saisie(prestation: int, du: str, au: str = "", *tranches: str, tarif: Tarif | None = None) -> dict:
    """`tranches`: the highest QF of each, as typed. With `tarif`, the first ones are those that it has."""
    connues = list(tarif.tranches.all()) if tarif else []
    donnees = {
        "prestation": prestation,
        "du": du,
        "au": au,
        "unite": "repas",
        "pas_minutes": "30",
        "arrondi": "superieur",
        "absence_pourcent": "100",
        "majoration_pourcent": "0",
        "tranches-TOTAL_FORMS": len(tranches or ("",)),
        "tranches-INITIAL_FORMS": len(connues),
    }
    for n, qf_max in enumerate(tranches or ("",)):
        donnees |= {f"tranches-{n}-qf_max": qf_max, f"tranches-{n}-resident": "3,60", f"tranches-{n}-exterieur": "7,20"}
    for n, tranche in enumerate(connues):
        donnees |= {f"tranches-{n}-id": tranche.pk, f"tranches-{n}-tarif": tarif.pk}
    return donnees


def test_un_tarif_prend_fin_et_le_suivant_lui_succede(bureau, tarif):
    fabriques.tarif(autre_prestation(tarif), (None, "1.00", "2.00"))
    fin = saisie(tarif.prestation_id, "01/09/2014", "31/08/2015", tarif=tarif)
    assert bureau.post(adresse("tarif", "change", tarif.pk), fin).status_code == 302
    assert bureau.post(adresse("tarif", "add"), saisie(tarif.prestation_id, "01/09/2015")).status_code == 302
    dates = tarif.prestation.tarifs.order_by("du").values_list("du", "au")
    assert list(dates) == [(date(2014, 9, 1), date(2015, 8, 31)), (date(2015, 9, 1), None)]


def test_deux_tarifs_d_une_prestation_ne_se_chevauchent_pas(bureau, tarif):
    page = bureau.post(adresse("tarif", "add"), saisie(tarif.prestation_id, "01/09/2015"))
    assert DEJA_UN_TARIF in page.text
    autre = autre_prestation(tarif)
    assert bureau.post(adresse("tarif", "add"), saisie(autre.pk, "01/09/2015")).status_code == 302
    suivant = autre.tarifs.get()
    page = bureau.post(adresse("tarif", "change", suivant.pk), saisie(tarif.prestation_id, "01/09/2015", tarif=suivant))
    assert DEJA_UN_TARIF in page.text


def test_un_tarif_aux_dates_inversees_revient(bureau, tarif):
    donnees = saisie(tarif.prestation_id, "01/09/2014", "31/08/2013", tarif=tarif)
    page = bureau.post(adresse("tarif", "change", tarif.pk), donnees)
    assert (page.status_code, page.text.count(DANS_L_ORDRE)) == (200, 1)
    donnees = saisie(tarif.prestation_id, "01/09/2013", "31/08/2013")
    assert DANS_L_ORDRE in bureau.post(adresse("tarif", "add"), donnees).text


def test_un_tarif_sans_tranche_du_haut_est_refuse(bureau):
    tarif = fabriques.prestation_tarifee()
    tranche = tarif.tranches.get()
    donnees = {
        "prestation": tarif.prestation_id,
        "du": "01/09/2014",
        "au": "",
        "unite": "repas",
        "pas_minutes": "30",
        "arrondi": "superieur",
        "absence_pourcent": "100",
        "majoration_pourcent": "0",
        "tranches-TOTAL_FORMS": "1",
        "tranches-INITIAL_FORMS": "1",
        "tranches-0-id": tranche.pk,
        "tranches-0-tarif": tarif.pk,
        "tranches-0-resident": "3,60",
        "tranches-0-exterieur": "7.20",
    }
    chemin = adresse("tarif", "change", tarif.pk)
    assert "une tranche sans limite" in bureau.post(chemin, donnees | {"tranches-0-qf_max": "800"}).text
    assert bureau.post(chemin, donnees | {"tranches-0-qf_max": ""}).status_code == 302
    assert Tarif.objects.get().grille.tranche(None).numero == 1


@pytest.mark.parametrize(
    ("tranches", "erreur"),
    [
        (["800", "", ""], "Une seule tranche est sans limite de QF"),
        (["", ""], "Une seule tranche est sans limite de QF"),
        (["800", "800", ""], "en double"),
        (["800"], "une tranche sans limite"),
        (["beaucoup", ""], "nombre entier"),
    ],
)
def test_des_tranches_impossibles_reviennent(bureau, tarif, tranches, erreur):
    autre = autre_prestation(tarif)
    page = bureau.post(adresse("tarif", "add"), saisie(autre.pk, "01/09/2015", "", *tranches))
    assert page.status_code == 200
    assert erreur in page.text
    donnees = saisie(tarif.prestation_id, "01/09/2014", "", *tranches, tarif=tarif)
    page = bureau.post(adresse("tarif", "change", tarif.pk), donnees)
    assert page.status_code == 200
    assert erreur in page.text


def autre_prestation(tarif: Tarif):
    prestation = tarif.prestation
    return type(prestation).objects.create(
        structure=prestation.structure,
        nom="Garderie du soir",
        heure_debut=prestation.heure_debut,
        heure_fin=prestation.heure_fin,
    )
