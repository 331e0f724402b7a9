"""Who sits at the desk."""

import pytest
from django.test import Client


@pytest.fixture
def bureau(client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def direction(directrice) -> Client:
    client = Client()
    client.force_login(directrice)
    return client
