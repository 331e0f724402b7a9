"""A campaign in the background: its preview, then its issue."""

from datetime import date
from functools import partial

from django.db import transaction
from django_tasks import task

from facturation.campagne.apercu import apercevoir
from facturation.campagne.emission import Emission
from facturation.models import ApercuDeCampagne, CampagneDeFacturation
from famille.models import Compte


def demander_apercu(campagne: CampagneDeFacturation, *, au: date) -> None:
    """Have the preview reckoned as of the day `au`, in the place of the former one."""
    apercu = ApercuDeCampagne.objects.recommencer(campagne, au=au)
    transaction.on_commit(partial(calculer_apercu.enqueue, apercu.pk))


@task()
def calculer_apercu(apercu: int) -> None:
    """Reckon a preview, unless it is, or was asked for anew since. Safe to run again."""
    demande = ApercuDeCampagne.objects.select_related("campagne__regie").filter(pk=apercu, calcule_le=None).first()
    if demande is not None:
        demande.commencer()
        lu = apercevoir(demande.campagne, au=demande.au, progression=demande.avancer, recueillir=demande.recueillir)
        demande.conclure(lu.en_json())


@task()
def emettre_campagne(campagne: int, le: str, par: int) -> int:
    """Issue what is not yet, dated `le` (ISO); returns how many invoices the campaign has. Safe to run again."""
    emission = Emission(
        CampagneDeFacturation.objects.select_related("regie").get(pk=campagne),
        le=date.fromisoformat(le),
        par=Compte.objects.get(pk=par),
    )
    return emission.emettre().factures.count()
