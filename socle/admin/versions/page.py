"""Every page that changes a record: it shows which record it saw, and reads it again before it saves."""

from collections.abc import Iterable
from copy import copy
from functools import partial
from typing import TypeVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import AdminErrorList
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model
from django.forms import BaseFormSet, BaseInlineFormSet
from django.forms.models import BaseModelForm
from django.http import HttpRequest, HttpResponse

from socle.admin.versions.changements import de_quoi_a_quoi
from socle.admin.versions.etat import Etat
from socle.admin.versions.relecture import Relecture
from socle.verrous import verrouiller

VU = "fiche_vue"  # the name of the field; its value is sealed
A = TypeVar("A", bound=admin.ModelAdmin)


class RequeteRelue(HttpRequest):
    """A form sent to a record that was read again. Only a type."""

    relecture: Relecture | None


class SansEcrasement(admin.ModelAdmin):
    """Before all that a ModelAdmin does: see `surveiller`."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None or hasattr(request, "relecture"):
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            self._relire(cast(RequeteRelue, request), object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **options: object
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change=change, **options)
        relecture = getattr(request, "relecture", None)
        return _qui_dit(form, relecture.phrases) if relecture and request.method == "POST" else form

    def construct_change_message(
        self, request: HttpRequest, form: forms.Form, formsets: Iterable[BaseFormSet], add: bool = False
    ) -> list[dict]:
        message = super().construct_change_message(request, form, formsets, add)
        return message if add else de_quoi_a_quoi(message, form, formsets)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        if change and obj is not None and self.has_change_permission(request, obj):
            context |= {"champ_vu": VU, "vu": self._sceau(request, context, obj)}
        if relecture := getattr(request, "relecture", None):
            # To be read again is no fault: « Corrigez l’erreur » is for those that there are besides.
            form = context["adminform"].form
            form.errors.pop(NON_FIELD_ERRORS, None)
            erreurs = AdminErrorList(form, [entoure.formset for entoure in context["inline_admin_formsets"]])
            context |= {"a_relire": relecture.phrases, "errors": erreurs}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _relire(self, request: RequeteRelue, object_id: str) -> None:
        """Of two agents at once, the second waits here. A page that does not say what it saw is believed."""
        request.relecture = None
        # Not the page's own way: it may note who reads.
        lire = partial(admin.ModelAdmin.get_object, self, request, unquote(object_id))
        fiche = lire()
        if fiche is None or not self.has_change_permission(request, fiche):
            return
        verrouiller(type(fiche)._base_manager.all(), fiche.pk)
        vu = Etat.desceller(request.POST.get(VU, ""), _nom(fiche))
        fiche = lire()
        if vu is None or fiche is None:
            return
        relecture = Relecture(vu, request.POST, fiche, *self._formulaires(request, fiche))
        if relecture.phrases:
            request.relecture = relecture
            request.POST = relecture.fusion()  # type: ignore[assignment]  # a copy, that Django has no reason to change

    def _formulaires(self, request: HttpRequest, fiche: Model) -> tuple[BaseModelForm, list[BaseInlineFormSet]]:
        """Those of the page, as it would be drawn now."""
        lecture = copy(request)
        lecture.method = "GET"
        champs = flatten_fieldsets(self.get_fieldsets(lecture, fiche))
        form = self.get_form(lecture, fiche, change=True, fields=champs)(instance=fiche)
        formsets, _ = self._create_formsets(  # type: ignore[attr-defined]  # not in the stubs
            lecture, fiche, change=True
        )
        return form, formsets

    def _sceau(self, request: HttpRequest, context: dict, fiche: Model) -> str:
        """Of what is in the page. A form that comes back was drawn when it was, unless its agent has just been told."""
        if request.method == "POST":
            relecture = getattr(request, "relecture", None)
            return relecture.frais.sceller(_nom(fiche)) if relecture else request.POST.get(VU, "")
        formsets = [entoure.formset for entoure in context["inline_admin_formsets"]]
        return Etat.de(context["adminform"].form, formsets).sceller(_nom(fiche))


def surveiller(pages: type[A], *autres: type[admin.ModelAdmin]) -> type[A]:
    """The same pages, that overwrite nothing. `autres`: what comes before all that a ModelAdmin does, too."""
    if issubclass(pages, SansEcrasement):
        return pages
    return type(
        pages.__name__, (SansEcrasement, *autres, pages), {"__module__": pages.__module__, "__doc__": pages.__doc__}
    )


def _nom(fiche: Model) -> str:
    return f"{fiche._meta.label}:{fiche.pk}"


def _qui_dit(form: type[forms.ModelForm], phrases: list[str]) -> type[forms.ModelForm]:
    """Refuses what is sent, and says why; nothing else is judged yet."""

    def clean(self: forms.ModelForm) -> dict:
        raise ValidationError(phrases)

    return type(form.__name__, (form,), {"clean": clean})
