"""« Comment vous prévenir »: what a parent says of information mail, at the first login and whenever they like."""

from django import forms

from famille.models import Responsable


class PreferencesForm(forms.Form):
    """Two boxes. What is owed to a parent is not among them."""

    courriel = forms.BooleanField(
        label="Par e-mail",
        required=False,
        help_text="Messages du centre, fermetures, inscriptions qui ouvrent.",
    )
    sms = forms.BooleanField(label="Par SMS", required=False, help_text="Si le centre en envoie.")

    def __init__(self, responsable: Responsable, data: dict | None = None) -> None:
        connu = {"courriel": responsable.autorisation_courriel, "sms": responsable.autorisation_sms}
        super().__init__(data, initial=connu, label_suffix="")
        self.responsable = responsable

    def enregistrer(self) -> None:
        """Of a valid form."""
        self.responsable.choisir_contact(courriel=self.cleaned_data["courriel"], sms=self.cleaned_data["sms"])
