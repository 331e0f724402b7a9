"""Deleting a record, on every page of the admin: what is refused because of its history says what to do instead, and
one comes back to the list that one came from."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

IMPOSSIBLE = "Suppression impossible"
CONSEIL = "AU_LIEU_DE_SUPPRIMER"  # what a noun says of itself


class SuppressionDite(admin.ModelAdmin):
    """Before all that a ModelAdmin does: see `surveiller`."""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except PermissionDenied:
            objet = self._retenu(request, object_id)
            if objet is None:
                raise
            return self._dire_quoi_faire(request, objet)

    def render_delete_form(self, request: HttpRequest, context: dict) -> HttpResponse:
        """Django's own says « Impossible de supprimer enfant »."""
        retenue = context["protected"] or context["perms_lacking"]
        return super().render_delete_form(request, context | {"title": IMPOSSIBLE} if retenue else context)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Django's own leads to the list only those who may change its rows."""
        reponse = super().response_delete(request, obj_display, obj_id)
        if not isinstance(reponse, HttpResponseRedirect) or not self.has_view_permission(request):
            return reponse
        liste = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        filtres: dict[str, Options | str]
        filtres = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return HttpResponseRedirect(add_preserved_filters(filtres, liste))

    def get_deleted_objects(self, objs: QuerySet | Sequence[Any], request: HttpRequest) -> tuple[list, dict, set, list]:
        """Django's own writes « Fermeture: Neige », whatever the language."""
        emportes, nombres, sans_droit, retenus = super().get_deleted_objects(objs, request)
        return _a_la_francaise(emportes), nombres, sans_droit, _a_la_francaise(retenus)

    def _retenu(self, request: HttpRequest, object_id: str) -> Model | None:
        """What this agent may see, and of which the noun knows what to do instead."""
        # Not the page's own way: it may note who reads.
        objet = admin.ModelAdmin.get_object(self, request, unquote(object_id))
        return objet if hasattr(objet, CONSEIL) and self.has_view_permission(request, objet) else None

    def _dire_quoi_faire(self, request: HttpRequest, objet: Model) -> HttpResponse:
        contexte = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": objet,
            "title": IMPOSSIBLE,
        }
        return TemplateResponse(request, "admin/retenue.html", contexte, status=403)


def _a_la_francaise(objets: list) -> list:
    """The same nested lists, with a blank before the colon that follows each kind."""
    return [_a_la_francaise(objet) if isinstance(objet, list) else _espacer(objet) for objet in objets]


def _espacer(objet: str) -> str:
    espace = objet.replace(": ", "\u00a0: ", 1)
    return mark_safe(espace) if isinstance(objet, SafeString) else espace  # as safe as it came
