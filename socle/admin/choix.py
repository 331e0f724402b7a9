"""What a picker says of each row, so that two are never alike: the noun’s `en_choix`, or else its name."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import ForeignKey, Model
from django.forms import ModelChoiceField
from django.http import HttpRequest


def en_choix(objet: Model) -> str:
    return str(getattr(objet, "en_choix", objet))


class Propositions(AutocompleteJsonView):
    """What is found while one types."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": en_choix(obj)}


class ChoixDit(forms.ModelChoiceField):
    """What is chosen already."""

    def label_from_instance(self, obj: Model) -> str:
        return en_choix(obj)


class ChoixDits(admin.options.BaseModelAdmin):
    """For pages and for inlines that have `autocomplete_fields`."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **options: object
    ) -> ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            options["form_class"] = ChoixDit
        return super().formfield_for_foreignkey(db_field, request, **options)
