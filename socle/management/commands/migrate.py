"""Django's command, by the role that owns the tables; then the one that serves receives what it needs."""

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from socle.roles.droits import donner
from socle.roles.proprietaire import en_proprietaire


class Command(migrate.Command):
    def handle(self, *args: object, database: str, **options: object) -> None:
        connexion = connections[database]
        with en_proprietaire(connexion):
            super().handle(*args, database=database, **options)
            if settings.ROLE_DE_SERVICE and not (options["plan"] or options["check_unapplied"]):
                donner(connexion, settings.ROLE_DE_SERVICE)
