"""The vaccinations of a health record, written on its page."""

from datetime import date

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextInputWidget

from famille.models import Vaccination
from socle.admin.tableau import Tableau
from socle.chiffrement import DateChiffree, TexteChiffre


class VaccinationForm(forms.ModelForm):
    def clean_date(self) -> date | None:
        jour, fiche = self.cleaned_data["date"], self.instance.fiche if self.instance.fiche_id else None
        if jour and fiche and jour < fiche.enfant.date_naissance:
            raise forms.ValidationError("Cette date précède la naissance de l’enfant.")
        return jour


class VaccinationInline(Tableau):
    model = Vaccination
    form = VaccinationForm
    extra = 1
    formfield_overrides = {
        TexteChiffre: {"widget": AdminTextInputWidget},
        DateChiffree: {"widget": AdminDateWidget},
    }
