"""What the role that serves may do: read and write rows, those of the ledger once. No table, no trigger is its own."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

# The trigger of a table whose rows never change once written; that of one that other tables' triggers write.
IMMUABLE, TENUE = "immuable", "tenue"
LIRE, ECRIRE_UNE_FOIS, ECRIRE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE, DELETE"


def donner(connexion: BaseDatabaseWrapper, service: str) -> None:
    """Give the role `service` what it needs, and take back the rest. By the owner of the tables, at will."""
    with transaction.atomic(connexion.alias), connexion.cursor() as curseur:
        # Two machines that migrate at once would write the same rights over one another.
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended('roles', 0))")
        curseur.execute("SELECT current_user")
        if curseur.fetchone() == (service,):
            return
        nom = connexion.ops.quote_name
        for ordre in _ordres(nom(service), nom(str(connexion.settings_dict["NAME"])), *_biens(connexion)):
            curseur.execute(ordre)


def _biens(connexion: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    """The tables and sequences that are ours: an extension's views have another owner."""
    with connexion.cursor() as curseur:
        curseur.execute(
            "SELECT relname, relkind IN ('S') FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relowner = current_user::regrole AND relkind IN ('r', 'p', 'S') ORDER BY relname"
        )
        lus = curseur.fetchall()
    return [nom for nom, est_suite in lus if not est_suite], [nom for nom, est_suite in lus if est_suite]


def _ordres(service: str, base: str, tables: Iterable[str], suites: Iterable[str]) -> Iterator[str]:
    # A temporary table would come before ours in what a trigger reads.
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {base} FROM PUBLIC, {service}"
    yield f"GRANT CONNECT ON DATABASE {base} TO {service}"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {service}"
    yield f"GRANT USAGE ON SCHEMA public TO {service}"
    immuables, tenues = dict(_tables(IMMUABLE)), dict(_tables(TENUE))
    for table in tables:
        yield f'REVOKE ALL ON TABLE "{table}" FROM PUBLIC, {service}'
        if table == MigrationRecorder.Migration._meta.db_table or table in tenues:
            yield f'GRANT {LIRE} ON TABLE "{table}" TO {service}'
        elif cle := immuables.get(table):
            # Locking a row takes the right to write one of its columns. The trigger still refuses to.
            yield f'GRANT {ECRIRE_UNE_FOIS}, UPDATE ("{cle}") ON TABLE "{table}" TO {service}'
        else:
            yield f'GRANT {ECRIRE} ON TABLE "{table}" TO {service}'
    for suite in suites:
        yield f'GRANT USAGE, SELECT ON SEQUENCE "{suite}" TO {service}'


def _tables(declencheur: str) -> Iterator[tuple[str, str]]:
    """Those that have it, and the column of their key."""
    for modele in apps.get_models():
        if any(sien.name == declencheur for sien in getattr(modele._meta, "triggers", [])):
            yield modele._meta.db_table, str(modele._meta.pk.column)
