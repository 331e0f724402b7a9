"""The door: whoever has not signed in is led there, and then to where they were going."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

# What is read without having come in whole, and going out: no step between the door and the pages bars it.
TOUJOURS = frozenset({
    "famille:deconnexion",
    "famille:prolonger_session",
    "accessibilite",
    "mentions_legales",
    "donnees_personnelles",
    "sante",
})  # fmt: skip


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
