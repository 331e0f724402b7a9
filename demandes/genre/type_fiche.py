"""Requests that change one row: a model form does the work."""

from django import forms
from django.db import models

from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.type_demande import TypeDemande


class DateInput(forms.DateInput):
    """The browser's own date picker, which writes ISO."""

    input_type = "date"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TypeFiche(TypeDemande, forms.ModelForm):
    """A kind whose fields are those of one model, on the row that `fiche` finds or prepares."""

    def fiche(self) -> models.Model:
        """The row to change, or a new one."""
        raise NotImplementedError

    def depart(self) -> dict[str, object]:
        return {"instance": self.fiche()}

    def appliquer(self, demande: DemandeDeposee) -> None:
        self.save()

    def lire(self, lignes: models.QuerySet) -> models.Model | None:
        """The first of these rows; locked if the form is about to be applied."""
        return (lignes.select_for_update(of=("self",)) if self.verrou else lignes).first()
