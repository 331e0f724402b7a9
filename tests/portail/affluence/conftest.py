"""A crowd: requests that have waited too long for a thread."""

from collections.abc import Iterator

import pytest

from portail.affluence.fils import FIL


@pytest.fixture(autouse=True)
def attente(settings, tmp_path) -> Iterator[type]:
    """What this thread's requests have waited, under a server that measures, with a line of the test's own."""
    settings.ETAT = tmp_path
    settings.AFFLUENCE_ATTENTE = 300
    FIL.attente = 0.0
    yield FIL
    FIL.attente = None
