"""What several forms of the admin want alike: fields made ready, fields typed once, one button only."""

from collections.abc import Sequence
from copy import copy

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from socle.fichiers.depot import EnvoiRefuse


class FormulairePrepare(forms.ModelForm):
    """Whose fields depend on the row, on today, or on the address: Django makes them, `preparer` changes what it must.

    The admin may have left some out.
    """

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on
        self.preparer()

    def preparer(self) -> None:
        """Once, before anything is asked of the form."""


class ChampsFixes(admin.ModelAdmin):
    """`fixes` are the fields that are typed with the row, and never changed afterwards."""

    fixes: Sequence[str] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(self.fixes if obj else [])]


class UnSeulBouton(admin.ModelAdmin):
    """Neither « Enregistrer et continuer » nor « Enregistrer et ajouter »: what is saved leads elsewhere."""

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        seul = {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().render_change_form(request, context | seul, add, change, form_url, obj)


class RefusDit(admin.ModelAdmin):
    """A full disk is told, not an error 500: nothing is kept of what was sent, and the form comes back with it."""

    _refus = ""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except EnvoiRefuse as refus:
            refuse = copy(self)
            refuse._refus = str(refus)
            return super(RefusDit, refuse).changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **options: object
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **options)
        return qui_refuse(form, [self._refus]) if self._refus else form


def qui_refuse(form: type[forms.ModelForm], phrases: Sequence[str]) -> type[forms.ModelForm]:
    """The same form, which holds but is not saved: its page shows what was typed, under those sentences."""

    def clean(self: forms.ModelForm) -> dict:
        form.clean(self)
        raise ValidationError(list(phrases))

    return type(form.__name__, (form,), {"clean": clean})
