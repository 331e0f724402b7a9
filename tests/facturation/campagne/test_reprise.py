"""A campaign done twice, stopped anywhere, in several lots: one issue."""

from decimal import Decimal

import pytest
import time_machine
from django.db import transaction

from facturation.campagne import decompte
from facturation.campagne.lot_de_factures import LotDeFactures
from facturation.erreurs import EmissionImpossible
from facturation.models import CampagneDeFacturation, Compteur, Facture, Ligne
from tests.facturation.ville import (
    LE,
    NOVEMBRE,
    emettre,
    foyer,
    inscrire,
    photographie,
    reserver,
)

LE_2_NOVEMBRE = time_machine.travel(LE, tick=False)


@LE_2_NOVEMBRE
def test_emettre_deux_fois_ne_change_rien(ville):
    famille, enfant = foyer()
    reserver(inscrire(famille, enfant, ville.cantine), [1])
    campagne = emettre(ville.campagne())
    avant = photographie()
    emettre(campagne)
    emettre(CampagneDeFacturation.objects.get())
    assert photographie() == avant
    assert Compteur.objects.get(genre=Compteur.Genre.FACTURE).dernier == 1


@LE_2_NOVEMBRE
def test_un_mois_en_cours_ne_s_emet_pas(ville):
    with pytest.raises(EmissionImpossible):
        emettre(ville.campagne(NOVEMBRE))
    assert not Facture.objects.exists()


class Panne(Exception):
    """The machine stops."""


@pytest.fixture
def une_famille_par_lot(monkeypatch):
    monkeypatch.setattr(decompte, "LOT", 1)


@LE_2_NOVEMBRE
@pytest.mark.parametrize("appel", range(1, 6))
@pytest.mark.parametrize(
    ("objet", "methode"),
    [
        (LotDeFactures, "emettre"),
        (Facture.objects, "bulk_create"),
        (Ligne.objects, "bulk_create"),
        (Compteur.objects, "prendre"),
        (CampagneDeFacturation, "save"),
    ],
)
def test_une_panne_n_importe_ou_puis_une_reprise_font_une_seule_emission(
    bourg, une_famille_par_lot, monkeypatch, objet, methode, appel
):
    campagne = bourg.campagne()
    with monkeypatch.context() as panne:
        panne.setattr(objet, methode, _qui_tombe(getattr(objet, methode), appel))
        with pytest.raises(Panne):
            emettre(campagne)
    emettre(CampagneDeFacturation.objects.get())
    factures = photographie()
    assert [facture[0] for facture in factures] == [f"AL-{rang}" for rang in range(1, 6)]
    assert [facture[2] for facture in factures] == [
        Decimal(montant) for montant in ("14.80", "18.40", "22.00", "34.60", "39.70")
    ]


def _qui_tombe(methode, appel: int):
    """Works, until that call: it works once more, and the machine stops."""
    compte = iter(range(1, 100))

    def remplacante(*args, **options):
        resultat = methode(*args, **options)
        if next(compte) == appel:
            raise Panne
        return resultat

    return remplacante


@LE_2_NOVEMBRE
def test_une_campagne_en_plusieurs_lots_est_celle_d_un_seul(bourg, monkeypatch):
    with transaction.atomic():
        emettre(bourg.campagne())
        en_un_lot = photographie()
        transaction.set_rollback(True)
    monkeypatch.setattr(decompte, "LOT", 2)
    emettre(bourg.campagne())
    assert photographie() == en_un_lot
