"""The published calendar becomes rows of the town's own. Run it again at will: what an agent corrected stays."""

from django.db.models import Q, QuerySet

from planning.calendrier.donnees import AnneesScolaires, VacancesImportees
from planning.models import JourFerie, Vacances
from planning.models.calendrier import Source


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


def importer_vacances(periode: AnneesScolaires) -> int:
    """Bring the imported rows in line with the data, and leave those of the agents. Returns how many are new."""
    importees = Vacances.objects.filter(source=Source.IMPORT)
    disparues = importees.filter(du_importe__range=(periode.du, periode.au))
    disparues.exclude(du_importe__in=[v.du for v in periode.vacances]).delete()
    return sum(_importer(importees, v) for v in periode.vacances)


def _importer(importees: QuerySet, v: VacancesImportees) -> bool:
    valeurs = {"nom": v.nom, "genre": v.genre, "du": v.du, "au": v.au, "zone": v.zone}
    # A row that an agent moved is still known by `du_importe`; one that an agent typed, by its dates.
    des_agents = Vacances.objects.filter(Q(du_importe=v.du) | Q(du__lte=v.au, au__gte=v.du), source=Source.AGENT)
    if importees.filter(du_importe=v.du).update(**valeurs) or des_agents.exists():
        return False
    Vacances.objects.bulk_create([Vacances(**valeurs, du_importe=v.du, source=Source.IMPORT)])
    return True
