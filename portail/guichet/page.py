"""A page of the agents' own: whose right it takes, and what the admin's template wants of each."""

from typing import ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView


class PageDAgent(TemplateView):
    """`chemin`: its address under `/admin/`; `nom`: its name there, `admin:<nom>`. `droits`: all that it takes.

    `large`: nothing stands beside it, and it takes the whole width.
    """

    chemin: ClassVar[str]
    nom: ClassVar[str]
    droits: ClassVar[tuple[str, ...]]
    titre: ClassVar[str]
    large: ClassVar[bool] = True

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perms(self.droits):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict:
        commun = {**admin.site.each_context(self.request), "title": self.titre}
        if self.large:
            commun["is_nav_sidebar_enabled"] = False
        return super().get_context_data(**commun, **kwargs)
