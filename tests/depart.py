"""Where every test starts: what migrations wrote, the agents' groups and their rights, and nothing else."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from django.db.backends.utils import CursorWrapper

from socle.roles.proprietaire import proprietaire_de

# Table → its rows, as PostgreSQL copies them.
Depart = dict[str, str]


def photographier() -> Depart:
    return {table: lignes for table in connection.introspection.django_table_names() if (lignes := _lignes(table))}


def revenir(depart: Depart) -> None:
    """After a test that committed. Sequences go on: a number is never given twice.

    By the role that owns all: the one that serves, and that tests have, empties no table.
    """
    with _proprietaire() as curseur:
        # The ledger refuses to be emptied, and keys want an order: only a superuser may step around their triggers.
        curseur.execute("SET LOCAL session_replication_role = replica")
        # A test that left a transaction open would hold us for ever.
        curseur.execute("SET LOCAL lock_timeout = '60s'")
        for table in _remplies(curseur):
            curseur.execute(f'DELETE FROM "{table}"')
        for table, lignes in depart.items():
            curseur.copy_expert(f'COPY "{table}" FROM STDIN', io.StringIO(lignes))


def numeroter(depuis: int) -> None:
    """The next key of every table: for a test that reads keys, and must find the same whatever ran before."""
    with _proprietaire() as curseur:
        curseur.execute(
            "SELECT setval(oid, %s) FROM pg_class WHERE relkind = 'S' AND relname LIKE %s", [depuis, "%\\_id\\_seq"]
        )


@contextmanager
def _proprietaire() -> Iterator[CursorWrapper]:
    """A transaction of the role that owns the tables, on a connection of its own."""
    proprietaire = type(connections["default"])({**connection.settings_dict, **proprietaire_de(connection)})
    try:
        proprietaire.set_autocommit(False)
        with proprietaire.cursor() as curseur:
            yield curseur
        proprietaire.commit()
    finally:
        proprietaire.close()


def _remplies(curseur: CursorWrapper) -> list[str]:
    """The tables that hold something: a few of ninety, and emptying them all makes a file anew for each index."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    curseur.execute("SELECT " + ", ".join(f'EXISTS (SELECT FROM "{table}")' for table in tables))
    return [table for table, remplie in zip(tables, curseur.fetchone(), strict=True) if remplie]


def _lignes(table: str) -> str:
    sortie = io.StringIO()
    with connection.cursor() as curseur:
        curseur.copy_expert(f'COPY "{table}" TO STDOUT', sortie)
    return sortie.getvalue()
