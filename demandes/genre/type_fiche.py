"""Requests that change one row: a model form does the work."""

from collections.abc import Mapping
from typing import TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.datastructures import MultiValueDict

from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.type_demande import TypeDemande

M = TypeVar("M", bound=models.Model)


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

    def preparer(self, data: Mapping[str, object] | None, files: MultiValueDict[str, UploadedFile] | None) -> None:
        forms.ModelForm.__init__(self, data, files, label_suffix="", initial=self.depuis(), instance=self.fiche())

    def appliquer(self, demande: DemandeDeposee) -> None:
        self.save()

    def lire(self, lignes: models.QuerySet[M]) -> M | None:
        """The first of these rows; locked if the form is about to be applied."""
        return (lignes.select_for_update(of=("self",)) if self.verrou else lignes).first()
