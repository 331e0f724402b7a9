"""For `check --deploy`: whether the role that serves can do what it must, and nothing that it must not."""

from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError, connection

TROP = "The role of DATABASE_URL {pouvoir}: let another own the tables (DATABASE_URL_PROPRIETAIRE), and this one serve."
TROP_PEU = "The role of DATABASE_URL may not read {table}: run migrate by the role that owns the tables."

# Each is true of a role that could step around the triggers of what was issued.
POUVOIRS = {
    "is a superuser": "(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)",
    "may create tables": "has_schema_privilege(current_schema(), 'CREATE')",
    "owns tables": "EXISTS (SELECT FROM tables WHERE pg_has_role(relowner, 'MEMBER'))",
    "may empty tables": "EXISTS (SELECT FROM tables WHERE has_table_privilege(oid, 'TRUNCATE'))",
}
TABLES = """
WITH tables AS (
    SELECT oid, relname, relowner FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
)
"""


def verifier_le_role(app_configs: Sequence[AppConfig] | None = None, **options: object) -> list[CheckMessage]:
    """Nothing to say of a database that does not answer."""
    try:
        return list(_constats())
    except DatabaseError:
        return []


def _constats() -> Iterator[CheckMessage]:
    with connection.cursor() as curseur:
        curseur.execute(f"{TABLES} SELECT {', '.join(POUVOIRS.values())}")
        tenus = [pouvoir for pouvoir, tenu in zip(POUVOIRS, curseur.fetchone(), strict=True) if tenu]
        curseur.execute(f"{TABLES} SELECT min(relname) FROM tables WHERE NOT has_table_privilege(oid, 'SELECT')")
        (fermee,) = curseur.fetchone()
    if tenus:
        yield Warning(TROP.format(pouvoir=tenus[0]), id="socle.W010")
    if fermee:
        yield Error(TROP_PEU.format(table=fermee), id="socle.E010")
