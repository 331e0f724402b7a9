"""Fill the calendar from the published data. Run it again at will: what an agent corrected stays."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from francais import pluriel
from planning.calendrier.donnees import AnneesScolaires, pont_oublie
from planning.calendrier.importation import importer_feries, importer_vacances
from planning.models import Vacances
from socle.annee_scolaire import AnneeScolaire


class Command(BaseCommand):
    help = "Importe les vacances scolaires et les jours fériés, sans toucher à ce qu’un agent a corrigé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        rentree = AnneeScolaire.de(timezone.localdate()).debut
        parser.add_argument("--depuis", type=int, default=rentree, help="Année de la première rentrée.")
        parser.add_argument("--annees", type=int, default=3, help="Nombre d’années scolaires.")
        parser.add_argument("--zone", choices="ABC", default=settings.ZONE_SCOLAIRE)
        parser.add_argument("--zone-avant-2015", choices="ABC", default=settings.ZONE_SCOLAIRE_AVANT_2015)

    @transaction.atomic
    def handle(self, *, depuis: int, annees: int, zone: str, zone_avant_2015: str, **options: object) -> None:
        periode = AnneesScolaires(depuis, annees, zone, zone_avant_2015)
        feries = importer_feries(periode)
        nouvelles = importer_vacances(periode)
        self.stdout.write(
            f"{pluriel(feries, 'jour férié', 'jours fériés')}, {pluriel(nouvelles, 'période')} de vacances."
        )
        for lacune in periode.lacunes():
            self.stderr.write(self.style.WARNING(f"Vacances absentes des données, {lacune}"))
        for vendredi in periode.ponts_de_l_ascension():
            if not Vacances.objects.filter(du__lte=vendredi, au__gte=vendredi).exists():
                self.stderr.write(self.style.WARNING(pont_oublie(vendredi)))
