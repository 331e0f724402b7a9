"""Recipients by what their children do: those of a structure, those of a prestation on a day or a period."""

from datetime import date
from typing import cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

import francais
from famille.models import Famille
from messagerie.destinataires.sortes import Destinataires
from planning.journees.lecture import lire_journees
from planning.models import Inscription, Prestation, Structure, jours_ouverts
from socle.admin.choix import ChoixDit


class FamillesDUneStructure(Destinataires):
    """Familles with a child inscrit today in one of its prestations."""

    code, titre = "structure", "Les familles d’une structure"

    structure = forms.ModelChoiceField(Structure.objects.all())

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on
        cast(forms.ModelChoiceField, self.fields["structure"]).queryset = Structure.objects.actives()

    def familles(self) -> QuerySet[Famille]:
        inscriptions = Inscription.objects.en_vigueur(timezone.localdate())
        inscrites = inscriptions.filter(prestation__structure=self.cleaned_data["structure"])
        return Famille.objects.filter(pk__in=inscrites.values("famille"))

    def resume(self) -> str:
        return f"Les familles de «\u00a0{self.cleaned_data['structure']}\u00a0»"


class FamillesDUnePrestation(Destinataires):
    """Familles who have a place on one of these days, régulier days included."""

    code, titre = "prestation", "Les familles qui ont réservé une prestation, un jour ou une période"

    prestation = ChoixDit(Prestation.objects.all())
    du = forms.DateField(label="Du", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    au = forms.DateField(
        label="Au",
        required=False,
        help_text="Vide\u00a0: ce jour seulement.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on
        proposees = Prestation.objects.actives().select_related("structure")
        cast(forms.ModelChoiceField, self.fields["prestation"]).queryset = proposees

    def clean(self) -> dict:
        super().clean()
        donnees = self.cleaned_data
        du, au = donnees.get("du"), donnees.get("au")
        if du and au and au < du:
            self.add_error("au", "La fin ne peut pas précéder le début.")
        return donnees

    def familles(self) -> QuerySet[Famille]:
        du, au = self._periode()
        journees = lire_journees(jours_ouverts([self.cleaned_data["prestation"]], du, au))
        reservees = {journee.famille for journee in journees if journee.occupe_une_place}
        return Famille.objects.filter(pk__in=reservees)

    def resume(self) -> str:
        quand = francais.periode(*self._periode())
        return f"Les familles qui ont réservé «\u00a0{self.cleaned_data['prestation']}\u00a0» {quand}"

    def _periode(self) -> tuple[date, date]:
        return self.cleaned_data["du"], self.cleaned_data["au"] or self.cleaned_data["du"]
