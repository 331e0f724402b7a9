"""A price that has billed days does not change: it ends, and another follows."""

from datetime import date
from decimal import Decimal

import pytest

from facturation.models import Tarif
from tests.facturation.admin.pages import adresse
from tests.facturation.campagne.conftest import Suite
from tests.facturation.ville import RENTREE, batir

REFUS = "un prix déjà facturé ne change pas"


@pytest.fixture
def tarif(db) -> Tarif:
    """The canteen's, by which October 2026 was billed."""
    return Suite(batir()).ville.cantine.tarifs.get()


def saisie(tarif: Tarif, *, resident: str = "3,60", **champs: str) -> dict:
    basse, haute = tarif.tranches.order_by("qf_max")
    prix = {basse: (resident, "8,00", "800"), haute: ("5,10", "8,00", "")}
    donnees = {
        "prestation": tarif.prestation_id,
        "du": "01/09/2026",
        "au": "",
        "unite": "repas",
        "pas_minutes": "30",
        "arrondi": "superieur",
        "absence_pourcent": "100",
        "majoration_pourcent": "50",
        "tranches-TOTAL_FORMS": "2",
        "tranches-INITIAL_FORMS": "2",
    }
    for rang, (tranche, (commune, exterieur, qf_max)) in enumerate(prix.items()):
        valeurs = {"id": tranche.pk, "tarif": tarif.pk, "resident": commune, "exterieur": exterieur, "qf_max": qf_max}
        donnees |= {f"tranches-{rang}-{champ}": valeur for champ, valeur in valeurs.items()}
    return donnees | champs


@pytest.mark.parametrize(
    "change",
    [{"resident": "9,00"}, {"unite": "journee"}, {"du": "01/08/2026"}, {"majoration_pourcent": "0"}],
    ids=["prix", "unité", "début", "majoration"],
)
def test_un_prix_deja_facture_ne_change_pas(bureau, tarif, change):
    page = bureau.post(adresse("tarif", "change", tarif.pk), saisie(tarif, **change))
    assert REFUS in page.text
    assert "jusqu’au 31/10/2026" in page.text
    tarif.refresh_from_db()
    assert (tarif.unite, tarif.du, tarif.majoration_pourcent) == ("repas", RENTREE, 50)
    assert tarif.tranches.get(qf_max=800).resident == Decimal("3.60")


def test_il_prend_fin_apres_le_dernier_jour_facture(bureau, tarif):
    chemin = adresse("tarif", "change", tarif.pk)
    assert "a servi à facturer jusqu’au 31/10/2026" in bureau.post(chemin, saisie(tarif, au="30/10/2026")).text
    assert bureau.post(chemin, saisie(tarif, au="31/10/2026")).status_code == 302
    tarif.refresh_from_db()
    assert tarif.au == date(2026, 10, 31)


def test_il_ne_se_supprime_pas(bureau, tarif):
    assert bureau.post(adresse("tarif", "delete", tarif.pk), {"post": "yes"}).status_code == 403
    assert Tarif.objects.filter(pk=tarif.pk).exists()


def test_un_tarif_qui_n_a_rien_facture_change(bureau, tarif):
    tarif.prestation.tarifs.filter(pk=tarif.pk).update(au=date(2026, 12, 31))
    suivant = Tarif.objects.create(prestation=tarif.prestation, du=date(2027, 1, 1), unite="repas")
    suivant.unite = "journee"
    suivant.full_clean()
    suivant.save()
    assert suivant.refus_de_changer == ""
