"""The issue of a campaign, in the background."""

from datetime import date

from django_tasks import task

from facturation.campagne import Emission
from facturation.models import CampagneDeFacturation
from famille.models import Compte


@task()
def emettre_campagne(campagne: int, le: str, par: int) -> int:
    """Issue what is not yet, dated `le` (ISO); returns how many invoices the campaign has. Safe to run again."""
    emission = Emission(
        CampagneDeFacturation.objects.select_related("regie").get(pk=campagne),
        le=date.fromisoformat(le),
        par=Compte.objects.get(pk=par),
    )
    return emission.emettre().factures.count()
