"""Amounts: `Decimal`, in €, rounded to the centime once, on the line. Never a float."""

from decimal import ROUND_HALF_UP, Decimal

CENTIME = Decimal("0.01")
NUL = Decimal("0.00")


def au_centime(montant: Decimal) -> Decimal:
    """Half-up, as on paper: 0,125 € is 0,13 €, and −0,125 € is −0,13 €."""
    return montant.quantize(CENTIME, ROUND_HALF_UP)
