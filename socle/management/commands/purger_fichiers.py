"""The files that no row names. Alone it only tells; `--appliquer` deletes."""

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser

import francais
from socle.fichiers.examen import poids
from socle.fichiers.orphelins import orphelins


class Command(BaseCommand):
    help = "Tells how many stored files belong to nothing, for more than a day; --appliquer: deletes them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--appliquer", action="store_true", help="delete them")

    def handle(self, *args: object, appliquer: bool, verbosity: int, **options: object) -> None:
        """Silent when there is nothing to say: cron writes to somebody otherwise."""
        nombre = octets = 0
        for nom in orphelins():
            nombre, octets = nombre + 1, octets + default_storage.size(nom)
            if verbosity > 1:
                self.stdout.write(nom)
            if appliquer:
                default_storage.delete(nom)
        if not nombre:
            return
        combien = francais.pluriel(nombre, "fichier que rien ne nomme", "fichiers que rien ne nomme")
        self.stdout.write(f"{combien}, {poids(octets)}\u00a0: {'effacés' if appliquer else 'à effacer'}.")
        if not appliquer:
            self.stdout.write("Rien n’est effacé. Pour effacer, relancez avec --appliquer.")
