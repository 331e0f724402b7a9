"""Who sits at the front desk."""

import pytest
from django.test import Client


@pytest.fixture
def accueil(client, agent) -> Client:
    client.force_login(agent)
    return client
