"""Django's command, by the role that owns the tables; then the one that serves receives what it needs."""

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from socle.roles.droits import donner
from socle.roles.proprietaire import en_proprietaire

SANS_DROIT = "The role of DATABASE_URL makes no table: migrate with DATABASE_URL_PROPRIETAIRE, that of their owner."


class Command(migrate.Command):
    def handle(self, *args: object, database: str, **options: object) -> None:
        connexion = connections[database]
        ecrit = not (options["plan"] or options["check_unapplied"])
        with en_proprietaire(connexion):
            if ecrit and not _peut_creer(connexion):
                raise CommandError(SANS_DROIT)
            super().handle(*args, database=database, **options)
            if ecrit and settings.ROLE_DE_SERVICE:
                donner(connexion, settings.ROLE_DE_SERVICE)


def _peut_creer(connexion: BaseDatabaseWrapper) -> bool:
    with connexion.cursor() as curseur:
        curseur.execute("SELECT has_schema_privilege(current_schema(), 'CREATE')")
        (peut,) = curseur.fetchone()
    return peut
