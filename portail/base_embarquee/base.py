"""Django's PostgreSQL backend, with a server of its own kept in the folder `PGDATA`.

For the demo, development and tests. `SERVEUR` holds server settings, such as {"fsync": "off"}.
"""

from pathlib import Path

from django.db.backends.postgresql import base

from .serveur import UTILISATEUR, serveur


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server, which is started if need be."""

    def get_connection_params(self) -> dict:
        info = serveur(Path(self.settings_dict["PGDATA"]), self.settings_dict.get("SERVEUR")).prendre()
        adresse = {"host": str(info.socket_dir), "port": info.port, "user": UTILISATEUR}
        return super().get_connection_params() | adresse
