"""Today is 8 April 2015."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.management import call_command

from tests.portail.conservation.outils import (
    AUJOURD_HUI,
)


@pytest.fixture(autouse=True)
def en_2015() -> Iterator[None]:
    with time_machine.travel(AUJOURD_HUI, tick=False):
        yield


@pytest.fixture
def purger(capsys, django_capture_on_commit_callbacks):
    """Apply, then ask: what went, and what stays all the same, which cron is not told."""

    def purger() -> str:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("purger", appliquer=True)
        call_command("purger")
        return capsys.readouterr().out

    return purger
