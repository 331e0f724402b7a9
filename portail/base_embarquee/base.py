"""Django's PostgreSQL backend, with a server of its own kept in the folder `PGDATA`.

For the demo, development and tests. `SERVEUR` holds server settings, such as {"fsync": "off"}; `USER` is the role that
serves, or for who migrates the one that owns all.
"""

from pathlib import Path

from django.db.backends.postgresql import base

from .serveur import serveur


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server, which is started if need be."""

    def get_connection_params(self) -> dict:
        info = serveur(Path(self.settings_dict["PGDATA"]), self.settings_dict.get("SERVEUR")).prendre()
        # A HOST that is said is a pooler's, in front of this server.
        return {"host": str(info.socket_dir), "port": info.port} | super().get_connection_params()
