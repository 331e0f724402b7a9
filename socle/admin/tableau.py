"""Rows in a table that a screen reader can tell apart: Django's admin names their fields in the column head only."""

from django.contrib import admin
from django.db.models import Field, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.forms import Field as Champ
from django.http import HttpRequest
from django.utils.functional import cached_property
from phonenumber_field.modelfields import PhoneNumberField
from phonenumber_field.widgets import RegionalPhoneNumberWidget

# « 01 02 03 04 05 », as it is dialled here; a foreign number keeps its country code.
TELEPHONES = {PhoneNumberField: {"widget": RegionalPhoneNumberWidget(attrs={"class": "vTextField"})}}


class LignesDeLaFiche(BaseInlineFormSet):
    """Rows that know the record whose page this is: none reads it again."""

    def get_queryset(self) -> QuerySet:
        return self._lignes

    @cached_property
    def empty_form(self) -> ModelForm:
        """The one that the page copies for each row that is added: Django makes it anew for each that asks."""
        return super().empty_form

    @cached_property
    def _lignes(self) -> QuerySet:
        lignes = super().get_queryset()
        for ligne in lignes:
            setattr(ligne, self.fk.name, self.instance)
        return lignes


class LignesNommees(LignesDeLaFiche):
    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Supprimer"


class Tableau(admin.TabularInline):
    formset = LignesNommees
    formfield_overrides = TELEPHONES
    extra = 0

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: object) -> Champ | None:
        champ = super().formfield_for_dbfield(db_field, request, **options)
        if champ is not None:
            champ.widget.attrs["aria-label"] = str(champ.label).capitalize()
        return champ
