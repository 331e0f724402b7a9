"""Who sits at the régie's desk."""

import pytest
from django.test import Client

from tests.facturation.admin.pages import connecter


@pytest.fixture
def bureau(regisseur) -> Client:
    return connecter(regisseur)
