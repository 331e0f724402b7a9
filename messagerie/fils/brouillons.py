"""What was typed survives the end of the session: kept for the account that typed it, given back once it signs in.

The form carries a seal that names its account; a text without one, or of somebody else, is neither kept nor shown.
"""

import json
from urllib.parse import urlencode

from cryptography.fernet import InvalidToken
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from famille.connexion.porte import dire_la_session_terminee
from famille.connexion.requete import FamilleRequise
from famille.models import Compte
from messagerie.models.message import TEXTE_MAX
from socle.chiffrement import Secret

CLE = "brouillon"
SEL = "messagerie.brouillon"
VALIDITE = 24 * 3600  # seconds between the page and its being sent
CHAMPS = ("sujet", "texte")


def sceau(compte: Compte) -> str:
    """Who is typing, for the hidden field of the form."""
    return signing.dumps(compte.pk, salt=SEL)


def garder(request: HttpRequest, page: str, champs: dict[str, str]) -> bool:
    """Keep in the nameless session what a form of that page brought; returns whether it was worth it."""
    if not champs:
        return False
    try:
        compte = signing.loads(request.POST.get("sceau", ""), salt=SEL, max_age=VALIDITE)
    except signing.BadSignature:
        return False
    # A session lies in a table, and what is typed may be why a child is ill.
    request.session[CLE] = {"compte": compte, "page": page, "champs": Secret.de(json.dumps(champs)).jeton}
    return True


def reprendre(request: HttpRequest, page: str) -> dict[str, str]:
    """What this account had typed on that page, by field; empty if nothing."""
    brouillon = request.session.get(CLE, {})
    if brouillon.get("compte") != request.user.pk or brouillon.get("page") != page:
        return {}
    return _lire(brouillon["champs"])


def _lire(garde: str) -> dict[str, str]:
    """Nothing of what a key that is gone has written, or a version that did not encrypt."""
    try:
        return json.loads(Secret(garde).en_clair())
    except (InvalidToken, AttributeError):
        return {}


def oublier(request: HttpRequest) -> None:
    """The text was sent."""
    request.session.pop(CLE, None)


class GardeLeTexte(FamilleRequise):
    """Mixin of a page with a form to type in. `adresse()` is where one types, and comes back to after signing in."""

    def adresse(self) -> str:
        return self.request.path

    def a_garder(self) -> dict[str, str]:
        """What the form brought that may lie in a session, by field: no secret, no file."""
        return {champ: self.request.POST.get(champ, "")[:TEXTE_MAX] for champ in CHAMPS}

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        expiree = {}
        if request.method == "POST":
            if garder(request, self.adresse(), self.a_garder()):
                expiree = {"expiree": 1}
            else:
                dire_la_session_terminee(request)
        suite = urlencode({**expiree, "next": self.adresse()}, safe="/")
        return redirect(f"{reverse('famille:connexion')}?{suite}")
