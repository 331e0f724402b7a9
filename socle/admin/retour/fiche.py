"""The page of a record, back from the one that asked: with what was typed, neither judged nor saved."""

from copy import copy

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse

from socle.admin.retour.renoncer import a_renonce, dire_que_rien_n_a_change


class FicheQuiRevient(admin.ModelAdmin):
    """Before all that a ModelAdmin does: see `surveiller`. Whoever would ask finds nothing to ask about."""

    _revient = False

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if self._revient or not a_renonce(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        fiche = copy(self)
        fiche._revient = True
        dire_que_rien_n_a_change(request)
        return super(FicheQuiRevient, fiche).changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **options: object
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **options)
        return _qui_revient(form) if self._revient else form


def _qui_revient(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    def full_clean(self: forms.ModelForm) -> None:
        """Some judge by doing: nothing is to be done."""
        self._errors, self.cleaned_data = ErrorDict(), {}  # type: ignore[attr-defined]  # not in the stubs

    def is_valid(self: forms.ModelForm) -> bool:
        return False

    return type(form.__name__, (form,), {"full_clean": full_clean, "is_valid": is_valid})
