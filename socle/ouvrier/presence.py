"""Whether a worker lives, asked of PostgreSQL: no clock tells it, nor anything that a dead one would have to undo.

A living worker holds an advisory lock, which goes with it however it ends. A transaction's, on a connection of its own:
between us and PostgreSQL, a pooler lends no session. It waits without a snapshot, so that nothing is kept from VACUUM.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

CLE = "hashtextextended('ouvrier ' || %s, 0)"
# A machine that loses its power says no goodbye: PostgreSQL asks after it, and waits as long as it must.
VEILLER = """
SET LOCAL idle_in_transaction_session_timeout = 0;
SET LOCAL tcp_keepalives_idle = 30; SET LOCAL tcp_keepalives_interval = 10; SET LOCAL tcp_keepalives_count = 3
"""


class Presence:
    """That of one worker, as long as its connection holds."""

    def __init__(self, temoin: BaseDatabaseWrapper) -> None:
        self._temoin = temoin

    def verifier(self) -> None:
        """Raises Django's OperationalError or InterfaceError if others already believe us dead."""
        with self._temoin.cursor() as curseur:
            curseur.execute("SELECT 1")


@contextmanager
def presence(ouvrier: str) -> Iterator[Presence]:
    """From here to the end of the block, that worker lives."""
    temoin = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        temoin.set_autocommit(False)
        with temoin.cursor() as curseur:
            curseur.execute(VEILLER)
            curseur.execute(f"SELECT pg_advisory_xact_lock({CLE})", [ouvrier])
        yield Presence(temoin)
    finally:
        # Closed, PostgreSQL may take a moment to see it: whoever looks next must find the lock free.
        with suppress(Error):
            temoin.rollback()
        temoin.close()


def est_mort(ouvrier: str) -> bool:
    """Whether nobody holds that worker's lock. Inside a transaction: it does not come to life before its end."""
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT pg_try_advisory_xact_lock({CLE})", [ouvrier])
        (libre,) = curseur.fetchone()
    return libre
