"""Deletes what has been kept as long as the page « Données personnelles » says. Without `--appliquer`, only tells."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from francais import nombre, pluriel
from portail.conservation import Rubrique, rubriques


class Command(BaseCommand):
    help = "Dit ce dont la durée de conservation est passée ; avec --appliquer, l’efface."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--appliquer", action="store_true", help="efface pour de bon ; sans elle, rien n’est écrit")

    def handle(self, *args: object, appliquer: bool, **options: object) -> None:
        total = 0
        for rubrique in rubriques(timezone.localdate()):
            concernees = rubrique.purger() if appliquer else rubrique.a_purger().count()
            if not appliquer:
                self._dire(rubrique, f"{nombre(concernees)} à effacer")
            elif concernees:  # cron posts what is said
                self._dire(rubrique, pluriel(concernees, "ligne effacée", "lignes effacées"))
            total += concernees
        if total and not appliquer:
            self.stdout.write("Rien n’est effacé. Pour effacer, relancez avec --appliquer.")

    def _dire(self, rubrique: Rubrique, combien: str) -> None:
        self.stdout.write(f"{rubrique.titre}\u00a0: {combien}. Limite\u00a0: {rubrique.regle}.")
        for gardees in rubrique.gardees():
            if gardees.nombre:
                self.stdout.write(f"    restent en plus\u00a0: {nombre(gardees.nombre)}, {gardees.raison}")
