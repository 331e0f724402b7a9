"""The balance of a famille: what it owes (above zero) or what the régie owes it (below)."""

import json
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Coalesce

from facturation.models import ResteDu
from facturation.montants import NUL
from famille.models import Famille

SOLDE = """
SELECT coalesce((SELECT sum(montant) FROM facturation_facture WHERE famille_id = %(famille)s AND date < %(avant)s), 0)
     - coalesce((SELECT sum(montant) FROM facturation_avoir WHERE famille_id = %(famille)s AND date < %(avant)s), 0)
     - coalesce((SELECT sum(montant) FROM facturation_reglement WHERE famille_id = %(famille)s AND date < %(avant)s), 0)
"""

SoldeDeRegie = tuple[str, Decimal]  # name of the régie, its balance

# [[name of the régie, balance of today as text]…], of the régies that have dealt with the famille, by code.
SOLDES_PAR_REGIE = """
SELECT jsonb_agg(jsonb_build_array(r.nom, s.solde::text) ORDER BY r.code) FROM (
    SELECT regie_id, sum(montant) AS solde FROM (
        SELECT regie_id, montant FROM facturation_facture WHERE famille_id = %(famille)s
        UNION ALL SELECT regie_id, -montant FROM facturation_avoir WHERE famille_id = %(famille)s
        UNION ALL SELECT regie_id, -montant FROM facturation_reglement WHERE famille_id = %(famille)s
    ) AS o GROUP BY regie_id
) AS s JOIN facturation_regie r ON r.id = s.regie_id
"""


def soldes_par_regie(famille: Famille) -> list[SoldeDeRegie]:
    """What one régie owes does not pay the other. One query."""
    with connection.cursor() as curseur:
        curseur.execute(SOLDES_PAR_REGIE, {"famille": famille.pk})
        return lire_soldes(curseur.fetchone()[0])


def lire_soldes(lus: str | list | None) -> list[SoldeDeRegie]:
    """From what PostgreSQL answers."""
    paires = json.loads(lus) if isinstance(lus, str) else lus or []
    return [(regie, Decimal(montant)) for regie, montant in paires]


def solde(famille: Famille, *, avant: date = date.max) -> Decimal:
    """Σ invoices − Σ avoirs − Σ payments dated before that day, in €. One query."""
    with connection.cursor() as curseur:
        curseur.execute(SOLDE, {"famille": famille.pk, "avant": avant})
        return curseur.fetchone()[0]


def total_impaye() -> Decimal:
    """What is left to pay of all the invoices, in €. One query."""
    return ResteDu.objects.aggregate(total=Coalesce(Sum("reste"), NUL))["total"]
