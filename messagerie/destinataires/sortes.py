"""To whom a mailing goes. A kind of recipients is a form that gives familles; apps above add theirs by defining one."""

from typing import ClassVar

from django import forms
from django.db.models import QuerySet

from famille.models import Famille


class Destinataires(forms.Form):
    """One kind. A subclass with a `code` is offered to the agents as soon as its module is imported."""

    code: ClassVar[str] = ""
    titre: ClassVar[str] = ""
    sortes: ClassVar[dict[str, type["Destinataires"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.code:
            Destinataires.sortes[cls.code] = cls

    def familles(self) -> QuerySet[Famille]:
        """Each famille once. Called on a valid form only."""
        raise NotImplementedError

    def resume(self) -> str:
        """« Familles choisies : … », for the preview and the history."""
        return self.titre


class ToutesLesFamilles(Destinataires):
    code, titre = "toutes", "Toutes les familles"

    def familles(self) -> QuerySet[Famille]:
        return Famille.objects.all()


class FamillesChoisies(Destinataires):
    code, titre = "choisies", "Des familles choisies"

    numeros = forms.CharField(
        label="Numéros de famille",
        help_text="Un numéro par ligne, ou séparés par des virgules.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_numeros(self) -> list[str]:
        numeros = dict.fromkeys(self.cleaned_data["numeros"].replace(",", " ").replace(";", " ").split())
        connus = set(Famille.objects.filter(numero__in=numeros).values_list("numero", flat=True))
        if inconnus := [numero for numero in numeros if numero not in connus]:
            raise forms.ValidationError(f"Aucune famille ne porte ce numéro\u00a0: {', '.join(inconnus)}.")
        return list(numeros)

    def familles(self) -> QuerySet[Famille]:
        return Famille.objects.filter(numero__in=self.cleaned_data["numeros"])
