"""What is settled before any view runs: the idle limit, the door, the forced password change, the famille."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from famille.acces import RequeteDuPortail

# A session is written again at most once in that time, so that reading pages does not cost a write each.
PAS_DE_PROLONGATION = 60  # seconds


class SessionInactive:
    """A session ends SESSION_INACTIVITE_MAX seconds after the last page, and the computer keeps none of its pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            maintenant = int(timezone.now().timestamp())
            if maintenant - request.session.get("vue", 0) >= PAS_DE_PROLONGATION:
                # Writing to it is what moves its end, in the database and in the cookie.
                request.session["vue"] = maintenant
                request.session.set_expiry(settings.SESSION_INACTIVITE_MAX)
        response = self.get_response(request)
        # Parents sit one after another at the library's computer. A view that knows better has said so.
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class ConnexionRequise(LoginRequiredMiddleware):
    """A visitor is led to the door, then to the page that they asked for, or from which they sent something."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponseRedirect:
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        # A script is not told so: it leads to the door by itself.
        if "text/html" in request.headers.get("Accept", ""):
            dire_la_session_terminee(request)
        # Where it was sent may well be no page at all.
        return redirect_to_login(_page_d_origine(request))


def dire_la_session_terminee(request: HttpRequest) -> None:
    """For whoever comes to the door with something in hand."""
    messages.warning(request, "Votre session était terminée\u00a0: ce que vous venez d’envoyer n’est pas enregistré.")


def _page_d_origine(request: HttpRequest) -> str:
    """The page of ours on which the form was, or nothing."""
    origine = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(origine, {request.get_host()}, require_https=request.is_secure()):
        return ""
    return urlsplit(origine)._replace(scheme="", netloc="", fragment="").geturl()


class ChangementObligatoire:
    """Whoever has a temporary password changes it, and does nothing else: no view runs before."""

    PERMISES = {
        "famille:mot_de_passe_changement",
        "famille:deconnexion",
        "famille:prolonger_session",
        "accessibilite",
        "mentions_legales",
        "donnees_personnelles",
        "sante",
    }

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Sequence[object], options: Mapping[str, object]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not request.user.doit_changer_de_mot_de_passe:
            return None
        if request.resolver_match and request.resolver_match.view_name in self.PERMISES:
            return None
        return redirect("famille:mot_de_passe_changement")


class FamilleDuCompte:
    """`request.responsable` and `request.famille`: who the parent is, and all that they may touch. None for others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: RequeteDuPortail) -> HttpResponse:
        # Loaded with the account by famille.connexion.CompteDuPortail: no query here.
        request.responsable = getattr(request.user, "responsable", None)
        request.famille = request.responsable.famille if request.responsable else None
        return self.get_response(request)
