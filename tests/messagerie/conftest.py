"""Who opens the agents' pages of words."""

import pytest
from django.test import Client


@pytest.fixture
def bureau(client, agent) -> Client:
    """The front desk, signed in."""
    client.force_login(agent)
    return client
