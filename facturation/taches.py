"""Background tasks of the money."""

from django_tasks import task

from facturation.factures_pdf import rendre


@task()
def rendre_factures(factures: list[int]) -> int:
    """Render the PDFs of those invoices that have none yet; returns how many were."""
    return rendre(factures)
