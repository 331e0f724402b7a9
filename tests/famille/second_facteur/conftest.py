"""A clock that stands still: codes change every thirty seconds."""

from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture
def maintenant() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-27T09:00:10+01:00", tick=False) as horloge:
        yield horloge
