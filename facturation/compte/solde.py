"""The balance of a famille: what it owes (above zero) or what the régie owes it (below)."""

from datetime import date
from decimal import Decimal

from django.db import connection

from famille.models import Famille

SOLDE = """
SELECT coalesce((SELECT sum(montant) FROM facturation_facture WHERE famille_id = %(famille)s AND date < %(avant)s), 0)
     - coalesce((SELECT sum(montant) FROM facturation_avoir WHERE famille_id = %(famille)s AND date < %(avant)s), 0)
     - coalesce((SELECT sum(montant) FROM facturation_reglement WHERE famille_id = %(famille)s AND date < %(avant)s), 0)
"""

SOLDE_ACTUEL = SOLDE.replace("%(avant)s", "'infinity'")


def solde(famille: Famille, *, avant: date = date.max) -> Decimal:
    """Σ invoices − Σ avoirs − Σ payments dated before that day, in €. One query."""
    with connection.cursor() as curseur:
        curseur.execute(SOLDE, {"famille": famille.pk, "avant": avant})
        return curseur.fetchone()[0]
