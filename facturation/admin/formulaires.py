"""What an agent types of money: an amount, a reason."""

import re
from decimal import Decimal

from django import forms


class MontantField(forms.DecimalField):
    """In €, as one types or pastes it: « 1 000,00 », whatever the spaces are."""

    def __init__(self, **options) -> None:
        options = {"min_value": Decimal("0.01"), "max_digits": 10, "decimal_places": 2} | options
        super().__init__(localize=True, **options)

    def to_python(self, value: object) -> Decimal | None:
        return super().to_python(re.sub(r"\s", "", value) if isinstance(value, str) else value)


class AvoirForm(forms.Form):
    """How much to take back (€), and why."""

    montant = MontantField(label="Montant (€)")
    motif = forms.CharField(max_length=200, label="Motif")


class AnnulationForm(forms.Form):
    motif = forms.CharField(max_length=200, label="Motif")


class ConfirmationForm(forms.Form):
    """Of an online payment that the Treasury has not told."""

    motif = forms.CharField(
        max_length=200,
        label="Motif",
        help_text="Ce qui prouve le paiement\u00a0: par exemple la ligne du relevé du Trésor public.",
    )
