"""What a parent types before paying online."""

from django import forms

from facturation.tipi.passerelle import COURRIEL_MAX, COURRIEL_MIN


class PaiementForm(forms.Form):
    """Where the receipts go. The amount is never asked: the server knows it."""

    courriel = forms.EmailField(
        label="Adresse e-mail du reçu",
        min_length=COURRIEL_MIN,
        max_length=COURRIEL_MAX,
        help_text="Le Trésor public y envoie son ticket de paiement, et nous votre reçu.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "maxlength": None}),
    )

    def clean_courriel(self) -> str:
        courriel = self.cleaned_data["courriel"]
        if not courriel.isascii():
            raise forms.ValidationError("Le Trésor public n’accepte que des adresses sans accent.")
        return courriel
