"""Deleting a record, on every page of the admin: what is refused because of its history says what to do instead, and
one comes back to the list that one came from."""

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

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

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Django's own leads to the list only those who may change its rows."""
        reponse = super().response_delete(request, obj_display, obj_id)
        if not isinstance(reponse, HttpResponseRedirect) or not self.has_view_permission(request):
            return reponse
        liste = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        filtres: dict[str, Options | str]
        filtres = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return HttpResponseRedirect(add_preserved_filters(filtres, liste))

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
            "title": "Suppression impossible",
        }
        return TemplateResponse(request, "admin/retenue.html", contexte, status=403)
