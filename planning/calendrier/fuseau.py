"""The town's time zone, as PostgreSQL knows it: its triggers reckon « today » without Django, and under psql too."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError, connection

# Migration 0014.
POSER = "CREATE OR REPLACE FUNCTION planning_fuseau() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT %s $$"


def fuseau_en_base() -> str | None:
    """That of the triggers; None before their migration."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT to_regproc('planning_fuseau') IS NOT NULL")
        if curseur.fetchone() != (True,):
            return None
        curseur.execute("SELECT planning_fuseau()")
        [fuseau] = curseur.fetchone()
        return fuseau


def poser_le_fuseau(**signal: object) -> None:
    """After each migrate: that of `TIME_ZONE`."""
    if fuseau_en_base() not in (None, settings.TIME_ZONE):
        with connection.cursor() as curseur:
            curseur.execute(POSER, [settings.TIME_ZONE])


def verifier_le_fuseau(app_configs: Sequence[AppConfig] | None = None, **options: object) -> list[CheckMessage]:
    """For `check --deploy`: the settings may have changed since the last migrate."""
    try:
        en_base = fuseau_en_base()
    except DatabaseError:
        return []
    if en_base in (None, settings.TIME_ZONE):
        return []
    dit = f"PostgreSQL reckons days in {en_base}, the portal in {settings.TIME_ZONE} (TIME_ZONE): run migrate."
    return [Warning(dit, id="planning.W002")]
