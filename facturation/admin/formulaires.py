"""What an agent types of money: an amount, a reason."""

import re
from decimal import Decimal

from django import forms


class MontantField(forms.DecimalField):
    """In €, as one types or pastes it: « 1 000,00 », whatever the spaces are."""

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label, min_value=Decimal("0.01"), max_digits=10, decimal_places=2, localize=True)

    def clean(self, value: str | None) -> Decimal | None:
        return super().clean(re.sub(r"\s", "", value or ""))


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
