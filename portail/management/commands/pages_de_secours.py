"""Writes the pages that the reverse proxy shows by itself, with the town's name: once, and at each upgrade."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portail.installation.secours import ecrire


class Command(BaseCommand):
    help = "Écrit les pages que montre le serveur frontal quand le portail ne répond pas, ou refuse un envoi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dossier", type=Path, help="dossier que le serveur frontal peut lire")

    def handle(self, *args: object, dossier: Path, **options: object) -> None:
        try:
            pages = ecrire(dossier)
        except OSError as refus:
            raise CommandError(f"«\u00a0{dossier}\u00a0» ne peut pas être écrit\u00a0: {refus.strerror}.") from refus
        for page in pages:
            self.stdout.write(str(page))
