"""What is typed there: a date, or what the paper is."""

from django import forms

from demandes.genre.type_fiche import DateInput
from famille.models import DateDeCertification
from famille.models.certification.certification import PRECISION_MAX


class DateForm(forms.Form):
    """From which day on. In the past as well: records certified since then count."""

    le = forms.DateField(
        label="À certifier à partir du",
        widget=DateInput,
        help_text="Jusque-là, rien ne change. Ce jour-là, ce que les familles avaient certifié ne compte plus.",
    )

    def __init__(self, data: dict | None = None) -> None:
        super().__init__(data, label_suffix="")

    def clean_le(self) -> object:
        le = self.cleaned_data["le"]
        if DateDeCertification.objects.filter(le=le).exists():
            raise forms.ValidationError("Cette date est déjà fixée.", code="deja")
        return le


class PapierForm(forms.Form):
    precision = forms.CharField(
        label="Ce que vous avez reçu",
        max_length=PRECISION_MAX,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Par exemple\u00a0: formulaire signé du 3 septembre.",
    )

    def __init__(self, data: dict | None = None) -> None:
        super().__init__(data, label_suffix="")
