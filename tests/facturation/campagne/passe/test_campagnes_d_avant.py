"""Campaigns issued before they kept their rules: the upgrade gives them those of its day."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps

from facturation.campagne.regles import ReglesDeCampagne
from facturation.models import Avoir, CampagneDeFacturation
from planning.models import Fermeture, Prestation, Vacances, lire_calendrier
from tests.facturation.ville import reserver

pytestmark = pytest.mark.usefixtures("sans_regles_gardees")

MIGRATION = import_module("facturation.migrations.0011_regles_des_campagnes_emises")


def test_la_mise_a_jour_leur_donne_les_regles_du_jour(suite):
    Vacances.objects.create(nom="Toussaint", genre="P", du="2026-10-19", au="2026-10-31")
    Fermeture.objects.create(du="2026-10-10", au="2026-10-12", motif="Pont")
    octobre_nue = CampagneDeFacturation.objects.get(emise_le__isnull=False)
    MIGRATION.figer(apps, None)
    octobre = CampagneDeFacturation.objects.get(regles__isnull=False)
    assert octobre == octobre_nue
    lues = ReglesDeCampagne.de(octobre, lire_calendrier(octobre.du, octobre.au))
    du_jour = ReglesDeCampagne.de(octobre_nue, lire_calendrier(octobre.du, octobre.au))
    assert lues == replace(du_jour, exterieurs=None)


def test_ce_qui_change_ensuite_ne_change_rien_d_elles(suite):
    MIGRATION.figer(apps, None)
    Prestation.objects.update(jours_scolaires=0)
    suite.ville.cantine.tarifs.get().tranches.update(resident="50.00")
    suite.facturer_novembre()
    assert not Avoir.objects.exists()


def test_sans_regles_connues_celles_du_jour_valent(suite):
    """A campaign that no upgrade has touched: read as ever, and nothing moves of itself."""
    reserver(suite.cantine, [3], mois=11)
    suite.facturer_novembre()
    assert not suite.novembre.lignes.filter(est_regularisation=True).exists()
