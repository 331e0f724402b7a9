"""What the tests of the money share: the régie of the guide, and a queue that renders nothing."""

import pytest

from facturation.models import Regie
from facturation.papiers import taches

from .fabriques import RegieFactory


@pytest.fixture
def regie(db) -> Regie:
    """« Régie garderie ALSH », code AL."""
    return RegieFactory()


@pytest.fixture
def sans_pdf(monkeypatch) -> None:
    """For tests that issue by the hundred and commit: no invoice is drawn."""
    monkeypatch.setattr(taches, "rendre", lambda factures: 0)
