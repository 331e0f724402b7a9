"""The agents' site: the portal's door, name and password page, around Django's admin."""

import logging
from collections.abc import Callable, Iterable
from functools import wraps
from traceback import extract_tb
from typing import TypeVar, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import DataError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.utils.decorators import method_decorator

from famille.connexion.requete import compte_de
from famille.views.connexion import Deconnexion
from planning.calendrier.avertissement import avertir_du_calendrier
from portail.guichet.rubriques.permises import rubriques_permises
from portail.guichet.rubriques.reglages import rubrique_des_reglages
from portail.guichet.tableau_de_bord.tableau import TableauDeBord
from portail.paquets.apostrophes import CatalogueDeScripts
from socle.admin.choix import Propositions
from socle.admin.retour.fiche import FicheQuiRevient
from socle.admin.retour.liste import ListeQuiRevient
from socle.admin.suppression import SuppressionDite
from socle.admin.versions.page import surveiller
from socle.exports.page import ListeExportable
from socle.reglages.centre import la_commune

Vue = TypeVar("Vue", bound=Callable[..., HttpResponseBase])


# What Django's filters, lists and actions let through to PostgreSQL or to a calendar, and what comes back of it.
INCOMPRIS = (ValueError, OverflowError, DataError, ValidationError, FieldDoesNotExist, IncorrectLookupParameters)
journal = logging.getLogger(__name__)


class Administration(AdminSite):
    """One login page for parents and agents; a record is deleted from its own page, never by the dozen."""

    index_title = "Tableau de bord"
    empty_value_display = "—"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin] | None = None,
        **options: object,
    ) -> None:
        """Whatever is registered, by whoever: nobody's work is overwritten in silence, what stays says why, and who may
        see a list may take it away."""
        d_abord = (SuppressionDite, ListeExportable, ListeQuiRevient, FicheQuiRevient)
        pages = surveiller(admin_class or ModelAdmin, *d_abord)
        super().register(model_or_iterable, pages, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # Our pages use what the apps' admins hold, which are registered on this very site.
        from portail.guichet.adresses import adresses

        return [*adresses(self.admin_view), *super().get_urls()]

    def admin_view(self, view: Vue, cacheable: bool = False) -> Vue:
        protegee = super().admin_view(view, cacheable)

        @wraps(protegee)
        def vue(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            try:
                return _dessinee(protegee(request, *args, **kwargs))
            except INCOMPRIS as erreur:
                return self._dire_incompris(request, erreur)

        return cast(Vue, vue)

    def _dire_incompris(self, request: HttpRequest, erreur: Exception) -> HttpResponse:
        """A sentence, and where it broke for whoever reads the logs: never what was typed."""
        lieu = extract_tb(erreur.__traceback__)[-1]
        journal.error("%s: %s in %s:%s", request.path, type(erreur).__name__, lieu.filename, lieu.lineno)
        contexte = {**self.each_context(request), "title": "Valeur incomprise"}
        return TemplateResponse(request, "admin/incompris.html", contexte, status=400)

    def i18n_javascript(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return cast(HttpResponse, CatalogueDeScripts.as_view(packages=["django.contrib.admin"])(request))

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        avertir_du_calendrier(request)
        tableau = TableauDeBord(compte_de(request), timezone.now())
        return super().index(request, {**(extra_context or {}), "tableau": tableau})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        rubriques = rubriques_permises(self._registry.items(), request, app_label)
        return rubriques if app_label else [*rubriques, *rubrique_des_reglages(request)]

    def each_context(self, request: HttpRequest) -> dict:
        """« Mon dossier » is for an agent who is also a parent."""
        nom = f"Portail famille – {la_commune().nom}"
        contexte = {**super().each_context(request), "site_title": nom, "site_header": nom}
        return contexte if getattr(request, "famille", None) else {**contexte, "site_url": None}

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, Propositions.as_view(admin_site=self)(request))

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next", ""))

    # The stubs expect a page of the admin's own from each of these three.
    def logout(  # type: ignore[override]  # answers as our door does
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponseBase:
        return Deconnexion.as_view()(request)

    def password_change(  # type: ignore[override]  # leads elsewhere
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        return redirect("famille:mot_de_passe_changement")

    def password_change_done(  # type: ignore[override]  # leads elsewhere
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        return redirect("admin:index")


def _dessinee(reponse: HttpResponseBase) -> HttpResponseBase:
    """Drawn now: a list asks PostgreSQL for its rows while it is drawn."""
    return reponse.render() if isinstance(reponse, SimpleTemplateResponse) else reponse
