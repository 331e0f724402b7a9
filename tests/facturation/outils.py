"""What is left to pay of each invoice, as PostgreSQL keeps it, and by the sums."""

from decimal import Decimal

from django.db import connection

from facturation.models import ResteDu

SOMMES = """
SELECT facture_id, sum(montant) FROM (
    SELECT id AS facture_id, montant FROM facturation_facture
    UNION ALL SELECT facture_id, -montant FROM facturation_avoir
    UNION ALL SELECT facture_id, -montant FROM facturation_affectation
) AS o GROUP BY facture_id HAVING sum(montant) <> 0
"""


def restes_tenus() -> dict[int, Decimal]:
    return dict(ResteDu.objects.order_by().values_list("facture", "reste"))


def restes_recomptes() -> dict[int, Decimal]:
    """As if nothing were kept."""
    with connection.cursor() as curseur:
        curseur.execute(SOMMES)
        return dict(curseur.fetchall())
