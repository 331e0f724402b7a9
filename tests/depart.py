"""Where every test starts: what migrations wrote, the agents' groups and their rights, and nothing else."""

import io

from django.core.management import call_command
from django.db import connection, transaction

# Table → its rows, as PostgreSQL copies them.
Depart = dict[str, str]


def photographier() -> Depart:
    return {table: lignes for table in connection.introspection.django_table_names() if (lignes := _lignes(table))}


def revenir(depart: Depart) -> None:
    """After a test that committed. Sequences go on: a number is never given twice."""
    with connection.cursor() as curseur:
        # The ledger refuses to be emptied: only a superuser may step around its triggers.
        curseur.execute("SET session_replication_role = replica")
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
    with connection.cursor() as curseur:
        curseur.execute("RESET session_replication_role")
    # Keys are checked at the end: the order of the tables does not matter.
    with transaction.atomic(), connection.cursor() as curseur:
        for table, lignes in depart.items():
            curseur.copy_expert(f'COPY "{table}" FROM STDIN', io.StringIO(lignes))


def _lignes(table: str) -> str:
    sortie = io.StringIO()
    with connection.cursor() as curseur:
        curseur.copy_expert(f'COPY "{table}" TO STDOUT', sortie)
    return sortie.getvalue()
