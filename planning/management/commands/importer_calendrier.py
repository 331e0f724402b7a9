"""Fill the calendar from the published data. Run it again at will: what an agent corrected stays."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from francais import pluriel
from planning.calendrier.importation import AnneesScolaires, VacancesImportees, pont_oublie
from planning.models import JourFerie, Vacances
from planning.models.calendrier import Source


class Command(BaseCommand):
    help = "Importe les vacances scolaires et les jours fériés, sans toucher à ce qu’un agent a corrigé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        aujourd_hui = timezone.localdate()
        rentree = aujourd_hui.year - (aujourd_hui.month < 9)
        parser.add_argument("--depuis", type=int, default=rentree, help="Année de la première rentrée.")
        parser.add_argument("--annees", type=int, default=3, help="Nombre d’années scolaires.")
        parser.add_argument("--zone", choices="ABC", default=settings.ZONE_SCOLAIRE)
        parser.add_argument("--zone-avant-2015", choices="ABC", default=settings.ZONE_SCOLAIRE_AVANT_2015)

    @transaction.atomic
    def handle(self, *, depuis: int, annees: int, zone: str, zone_avant_2015: str, **options: object) -> None:
        periode = AnneesScolaires(depuis, annees, zone, zone_avant_2015)
        vacances = periode.vacances
        feries = importer_feries(periode)
        nouvelles = importer_vacances(periode, vacances)
        self.stdout.write(
            f"{pluriel(feries, 'jour férié', 'jours fériés')}, {pluriel(nouvelles, 'période')} de vacances."
        )
        for lacune in periode.lacunes():
            self.stderr.write(self.style.WARNING(f"Vacances absentes des données, {lacune}"))
        for vendredi in periode.ponts_de_l_ascension():
            if not Vacances.objects.filter(du__lte=vendredi, au__gte=vendredi).exists():
                self.stderr.write(self.style.WARNING(pont_oublie(vendredi)))


def importer_feries(periode: AnneesScolaires) -> int:
    """Add the public holidays that are missing. Returns how many."""
    connus = set(JourFerie.objects.filter(jour__range=(periode.du, periode.au)).values_list("jour", flat=True))
    nouveaux = [
        JourFerie(jour=jour, nom=nom, source=Source.IMPORT)
        for jour, nom in periode.feries().items()
        if jour not in connus
    ]
    JourFerie.objects.bulk_create(nouveaux)
    return len(nouveaux)


def importer_vacances(periode: AnneesScolaires, vacances: list[VacancesImportees]) -> int:
    """Bring the imported rows in line with the data, and leave those of the agents. Returns how many are new."""
    importees = Vacances.objects.filter(source=Source.IMPORT)
    disparues = importees.filter(du_importe__range=(periode.du, periode.au))
    disparues.exclude(du_importe__in=[v.du for v in vacances]).delete()
    return sum(_importer(importees, v) for v in vacances)


def _importer(importees: QuerySet, v: VacancesImportees) -> bool:
    valeurs = {"nom": v.nom, "genre": v.genre, "du": v.du, "au": v.au, "zone": v.zone}
    # A row that an agent moved is still known by `du_importe`; one that an agent typed, by its dates.
    des_agents = Vacances.objects.filter(Q(du_importe=v.du) | Q(du__lte=v.au, au__gte=v.du), source=Source.AGENT)
    if importees.filter(du_importe=v.du).update(**valeurs) or des_agents.exists():
        return False
    Vacances.objects.bulk_create([Vacances(**valeurs, du_importe=v.du, source=Source.IMPORT)])
    return True
