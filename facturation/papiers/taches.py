"""Background tasks of the papers: each invoice's PDF, then all of a campaign's for the printer."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django_tasks import task

from facturation.models import Cahier, CampagneDeFacturation
from facturation.papiers.cahier import relier
from facturation.papiers.rendu import rendre

PDF_PAR_TACHE = 100


@task()
def rendre_factures(factures: list[int]) -> int:
    """Render the PDFs of those invoices that have none yet; returns how many. A campaign's last one has it bound."""
    rendues = rendre(factures)
    finies = Cahier.objects.campagnes_a_relier().filter(factures__in=factures).distinct()
    for campagne in finies.values_list("pk", flat=True):
        relier_campagne.enqueue(campagne)
    return rendues


@task()
def relier_campagne(campagne: int) -> int:
    """Bind a campaign's invoices for the printer, if all are there; returns how many cahiers were made."""
    return relier(CampagneDeFacturation.objects.select_related("regie").get(pk=campagne))


def mettre_en_file(factures: Sequence[int]) -> None:
    """Have those invoices rendered once this transaction is over."""
    for debut in range(0, len(factures), PDF_PAR_TACHE):
        transaction.on_commit(partial(rendre_factures.enqueue, list(factures[debut : debut + PDF_PAR_TACHE])))
