"""A form whose page is older than the last login in another tab: nothing typed is lost, and no second login fails.

Django's token changes when one signs in. What comes from a page of ours is shown again, to be sent with one click; what
comes from elsewhere gets nothing of the kind: the click would be the attack.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from socle.envois.saisie import Saisie


def page_trop_ancienne(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers a form whose token is not the one of today."""
    if request.path == reverse("famille:connexion") and _vient_de_chez_nous(request):
        return _a_la_porte(request)
    saisie = Saisie.de(request) if _vient_de_chez_nous(request) else None
    return TemplateResponse(request, "403_csrf.html", {"saisie": saisie}, status=403).render()


def _a_la_porte(request: HttpRequest) -> HttpResponse:
    """Signed in by another tab: where one was going. Else, the door again."""
    suite = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(suite, {request.get_host()}, require_https=request.is_secure()):
        suite = ""
    if request.user.is_authenticated:
        return redirect(suite or "accueil")
    messages.info(request, "Cette page était ancienne\u00a0: identifiez-vous de nouveau.")
    return redirect("famille:connexion")


def _vient_de_chez_nous(request: HttpRequest) -> bool:
    """Whether the browser says that a page of the portal sent it. One that says nothing is not believed."""
    site = request.headers.get("Sec-Fetch-Site")
    origine = request.headers.get("Origin") or request.headers.get("Referer", "")
    ici = url_has_allowed_host_and_scheme(origine, {request.get_host()}, require_https=request.is_secure())
    return site == "same-origin" if site else bool(origine) and ici
