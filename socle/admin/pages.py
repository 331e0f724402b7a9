"""Pages of our own among those of a model: their addresses, and what the admin's template wants of each."""

from collections.abc import Callable

from django.contrib import admin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path


class AvecPages(admin.ModelAdmin):
    """Whose right each page takes is for the page to say: the admin only keeps parents out."""

    def adresse(self, chemin: str, vue: Callable[..., HttpResponseBase], nom: str) -> URLPattern:
        """For `get_urls`; its name is `admin:<app>_<model>_<nom>`."""
        return path(chemin, self.admin_site.admin_view(vue), name=f"{self.opts.app_label}_{self.opts.model_name}_{nom}")

    def montrer_page(
        self, request: HttpRequest, gabarit: str, titre: str, contexte: dict, *, large: bool = False
    ) -> TemplateResponse:
        """`large`: nothing stands beside the page, which takes the whole width."""
        commun = {**self.admin_site.each_context(request), "opts": self.opts, "title": titre}
        if large:
            commun["is_nav_sidebar_enabled"] = False
        return TemplateResponse(request, gabarit, commun | contexte)
