"""Fill the calendar from the published data. Run it again at will: what an agent corrected stays."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from francais import pluriel
from planning.calendrier.donnees import AnneesScolaires
from planning.calendrier.importation import Importation
from socle.annee_scolaire import AnneeScolaire


class Command(BaseCommand):
    help = "Importe les vacances scolaires et les jours fériés, sans toucher à ce qu’un agent a corrigé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        rentree = AnneeScolaire.de(timezone.localdate()).debut
        parser.add_argument("--depuis", type=int, default=rentree, help="Année de la première rentrée.")
        parser.add_argument("--annees", type=int, default=3, help="Nombre d’années scolaires.")
        parser.add_argument("--zone", choices="ABC", default=settings.ZONE_SCOLAIRE)
        parser.add_argument("--zone-avant-2015", choices="ABC", default=settings.ZONE_SCOLAIRE_AVANT_2015)

    def handle(self, *, depuis: int, annees: int, zone: str, zone_avant_2015: str, **options: object) -> None:
        importation = Importation(AnneesScolaires(depuis, annees, zone, zone_avant_2015))
        faite = importation.faire()
        feries = pluriel(len(faite.feries), "jour férié", "jours fériés")
        self.stdout.write(f"{feries}, {pluriel(len(faite.nouvelles), 'période')} de vacances.")
        for reserve in importation.reserves():
            self.stderr.write(self.style.WARNING(reserve))
