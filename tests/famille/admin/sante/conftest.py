"""Léa's health record."""

import pytest

from famille.models import FicheSanitaire


@pytest.fixture
def fiche(dupont) -> FicheSanitaire:
    return dupont.enfants[0].fiche_sanitaire
