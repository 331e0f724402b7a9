"""`manage.py facturer`: preview, issue with a progress bar, run again without effect."""

import io
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command

from facturation.models import CampagneDeFacturation, Facture
from tests.facturation.ville import batir, foyer, inscrire, reserver

LE_2_NOVEMBRE = time_machine.travel("2026-11-02 09:00+01:00", tick=False)


@pytest.fixture
def ville(db):
    ville = batir()
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1, 2])
    return ville


def facturer(*arguments: str) -> tuple[str, str]:
    sortie, erreurs = io.StringIO(), io.StringIO()
    call_command("facturer", *arguments, stdout=sortie, stderr=erreurs)
    return sortie.getvalue().strip(), erreurs.getvalue()


@LE_2_NOVEMBRE
def test_l_apercu_n_ecrit_rien(ville):
    sortie, _ = facturer("--regie=AL", "--mois=2026-10", "--apercu")
    assert sortie.endswith("1\u00a0facture, 7,20\u00a0€.")
    assert not CampagneDeFacturation.objects.exists()


@LE_2_NOVEMBRE
def test_le_mois_se_facture_une_fois(ville):
    sortie, barre = facturer("--regie=AL", "--mois=2026-10")
    assert sortie == "AL, octobre 2026\u00a0: campagne émise, 1\u00a0facture, 7,20\u00a0€."
    assert "1 / 1" in barre
    sortie, _ = facturer("--regie=AL", "--mois=2026-10")
    assert sortie == "AL, octobre 2026\u00a0: campagne déjà émise, 1\u00a0facture, 7,20\u00a0€."
    assert Facture.objects.count() == 1


@LE_2_NOVEMBRE
@pytest.mark.parametrize("options", [(), ("--apercu",)])
def test_un_mois_pris_par_une_autre_campagne_se_refuse_en_une_phrase(ville, options):
    CampagneDeFacturation.objects.create(regie=ville.regie, du=date(2026, 9, 15), au=date(2026, 10, 15))
    with pytest.raises(CommandError, match=r"^Cette régie a déjà une campagne sur cette période\.$"):
        facturer("--regie=AL", "--mois=2026-10", *options)
    assert CampagneDeFacturation.objects.count() == 1
    assert not Facture.objects.exists()


@LE_2_NOVEMBRE
@pytest.mark.parametrize(
    "arguments",
    [("--regie=XX", "--mois=2026-10"), ("--regie=AL", "--mois=2026-13"), ("--regie=AL", "--mois=2026-11")],
)
def test_une_commande_impossible_se_refuse_en_une_phrase(ville, arguments):
    with pytest.raises(CommandError):
        facturer(*arguments)
    assert not Facture.objects.exists()
