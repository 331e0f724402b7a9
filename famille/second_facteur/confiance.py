"""The cookie of a trusted device: signed, of one account, bound to its password and to its key, for thirty days."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from famille.models import AppareilDeConfiance, Compte
from famille.models.second_facteur.appareil import CONFIANCE

COOKIE, SEL = "portail_appareil", "famille.second_facteur.confiance"
# The first that is found: Edge and Opera say Chrome too, Chrome says Safari.
NAVIGATEURS = ("Firefox", "Edg", "OPR", "Chrome", "Safari")
SYSTEMES = {
    "iPad": "iPad",
    "iPhone": "iPhone",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
NOMS = {"Edg": "Edge", "OPR": "Opera"}


def reconnaitre(request: HttpRequest, compte: Compte) -> AppareilDeConfiance | None:
    """The device that this browser is, if this account trusts it. One query, if it has a cookie of ours."""
    jeton = request.get_signed_cookie(COOKIE, default=None, salt=SEL, max_age=CONFIANCE)
    return AppareilDeConfiance.objects.reconnaitre(compte, jeton) if jeton else None


def faire_confiance(request: HttpRequest, reponse: HttpResponse, compte: Compte) -> AppareilDeConfiance:
    """From now on, this browser asks for no code of this account."""
    appareil, jeton = AppareilDeConfiance.ajouter(compte, nommer(request.headers.get("User-Agent", "")))
    reponse.set_signed_cookie(
        COOKIE,
        jeton,
        salt=SEL,
        max_age=CONFIANCE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return appareil


def nommer(agent: str) -> str:
    """« Chrome, iPad »: enough to know one's own."""
    navigateur = next((nom for nom in NAVIGATEURS if re.search(rf"{nom}\w*/", agent)), "")
    systeme = next((nom for indice, nom in SYSTEMES.items() if indice in agent), "")
    return ", ".join(filter(None, [NOMS.get(navigateur, navigateur), systeme])) or "Un appareil"
