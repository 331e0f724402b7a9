"""What the tests of papers share: the invoice of the guide, and the parent who reads it."""

import pytest
from django.test import Client

from facturation.models import Facture
from facturation.papiers.rendu import rendre
from portail.peuplement.facturation import peupler_compte_du_guide


@pytest.fixture
def facture(regie, dupont) -> Facture:
    """AL-36 of the guide, with its PDF."""
    peupler_compte_du_guide(regie)
    facture = dupont.famille.factures.get(numero=36)
    rendre([facture.pk])
    return facture


@pytest.fixture
def parent(dupont) -> Client:
    client = Client()
    client.force_login(dupont.compte, backend="famille.connexion.CompteDuPortail")
    return client
