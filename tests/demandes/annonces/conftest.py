"""What a decision says is read at once; that decisions wait for one another has its own tests."""

from datetime import timedelta

import pytest


@pytest.fixture
def sans_attendre(monkeypatch):
    monkeypatch.setattr("demandes.annonces.decision.TRANQUILLE", timedelta(0))
    monkeypatch.setattr("demandes.annonces.decision.PRESSANT", timedelta(0))
