"""What a picker says of each row, so that two are never alike: the noun’s `en_choix`, or else its name.

A noun whose `en_choix` reads other tables says which, in `EN_CHOIX_LIT`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import ForeignKey, Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.db.models.fields.related import RelatedField
    from django.utils.functional import _StrPromise


def en_choix(objet: Model) -> str:
    return str(getattr(objet, "en_choix", objet))


def pour_choisir(lignes: QuerySet) -> QuerySet:
    """With what their `en_choix` reads."""
    lit = getattr(lignes.model, "EN_CHOIX_LIT", ())
    return lignes.select_related(*lit) if lit else lignes


class Propositions(AutocompleteJsonView):
    """What is found while one types. Two rows that nothing tells apart are told apart by their number."""

    def get_context_data(self) -> dict:  # type: ignore[override]  # Django hands it nothing
        contexte = super().get_context_data()
        contexte["object_list"] = list(contexte["object_list"])
        self._fois = Counter(en_choix(objet) for objet in contexte["object_list"])
        return contexte

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        texte = en_choix(obj)
        if self._fois[texte] > 1:
            texte = f"{texte}, fiche n°\u00a0{obj.pk}"
        return {**super().serialize_result(obj, to_field_name), "text": texte}


class ChoixDit(forms.ModelChoiceField):
    """Said in full: what is proposed, and what is chosen already."""

    def __init__(self, queryset: QuerySet, **options: object) -> None:
        super().__init__(pour_choisir(queryset), **options)  # type: ignore[arg-type]  # Django's own, handed on

    def label_from_instance(self, obj: Model) -> str:
        return en_choix(obj)


class ChoixDits(admin.options.BaseModelAdmin):
    """For pages and for inlines that point to other rows."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **options: object
    ) -> ModelChoiceField | None:
        options.setdefault("form_class", ChoixDit)
        return super().formfield_for_foreignkey(db_field, request, **options)


class ParChoix(admin.RelatedFieldListFilter):
    """The filter of a list, whose choices are said in full."""

    def field_choices(
        self, field: RelatedField, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str | _StrPromise]]:
        ordre = self.field_admin_ordering(field, request, model_admin)
        lignes = pour_choisir(field.related_model._default_manager.all())
        return [(str(ligne.pk), en_choix(ligne)) for ligne in (lignes.order_by(*ordre) if ordre else lignes)]
