"""What a worker takes for an absence of PostgreSQL, and what it takes for a mistake."""

from contextlib import nullcontext
from unittest.mock import Mock

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django_tasks_db.management.commands.db_worker import Worker

from socle.ouvrier import ouvrier as module
from socle.ouvrier.ouvrier import Ouvrier

FERME = "server closed the connection unexpectedly"


@pytest.fixture
def tours(monkeypatch) -> Mock:
    """What the rounds of a worker end by, one after the other; no base is asked."""
    tours = Mock()
    monkeypatch.setattr(Worker, "run", lambda ouvrier: tours())
    monkeypatch.setattr(module, "presence", lambda ouvrier: nullcontext())
    monkeypatch.setattr(module, "rendre_les_siennes", lambda ouvrier: 0)
    monkeypatch.setattr(module, "connections", Mock())
    monkeypatch.setattr(module, "PAUSE", 0)
    return tours


def embaucher() -> Ouvrier:
    return Ouvrier(
        queue_names=["default"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="ouvrier",
        excluded_queue_names=[],
    )


@pytest.mark.parametrize("coupure", [InterfaceError, OperationalError, DatabaseError])
def test_postgresql_tue_s_attend_comme_postgresql_arrete(tours, coupure):
    """Killed, it leaves no code: psycopg2 knows no more than that it is a DatabaseError."""
    tours.side_effect = [coupure(FERME), coupure(FERME), None]
    embaucher().run()
    assert tours.call_count == 3


def test_une_requete_fausse_ne_passe_pas_pour_une_absence(tours):
    tours.side_effect = ProgrammingError("column does not exist")
    with pytest.raises(ProgrammingError):
        embaucher().run()
