"""Where every test starts: what migrations wrote, the agents' groups and their rights, and nothing else."""

import io

from django.core.management.color import no_style
from django.db import connection, connections

from socle.roles.proprietaire import proprietaire_de

# Table → its rows, as PostgreSQL copies them.
Depart = dict[str, str]


def photographier() -> Depart:
    return {table: lignes for table in connection.introspection.django_table_names() if (lignes := _lignes(table))}


def revenir(depart: Depart) -> None:
    """After a test that committed. Sequences go on: a number is never given twice.

    By a connection of the role that owns all: the one that serves, and that tests have, empties no table.
    """
    proprietaire = type(connections["default"])({**connection.settings_dict, **proprietaire_de(connection)})
    try:
        proprietaire.set_autocommit(False)
        with proprietaire.cursor() as curseur:
            # The ledger refuses to be emptied, and keys want an order: only a superuser may step around their triggers.
            curseur.execute("SET LOCAL session_replication_role = replica")
            # A test that left a transaction open would hold us for ever.
            curseur.execute("SET LOCAL lock_timeout = '60s'")
            tables = proprietaire.introspection.django_table_names(only_existing=True, include_views=False)
            for ordre in proprietaire.ops.sql_flush(no_style(), tables):
                curseur.execute(ordre)
            for table, lignes in depart.items():
                curseur.copy_expert(f'COPY "{table}" FROM STDIN', io.StringIO(lignes))
        proprietaire.commit()
    finally:
        proprietaire.close()


def _lignes(table: str) -> str:
    sortie = io.StringIO()
    with connection.cursor() as curseur:
        curseur.copy_expert(f'COPY "{table}" TO STDOUT', sortie)
    return sortie.getvalue()
