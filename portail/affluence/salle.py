"""The middleware that asks newcomers to wait when requests already do. Who is in goes on: a form, a session, a payment.

Where it stands, static files have been served, and no session is read yet.
"""

import logging
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portail.affluence.file import FileDAttente
from portail.affluence.fils import FIL
from portail.affluence.page import attendre
from portail.affluence.place import DUREE_D_UNE_PLACE, TEMOIN, Place, est_entre, signer_l_entree

journal = logging.getLogger(__name__)

# Agents, by the door of their own that the admin leads to; the Treasury and who comes back from it; who watches.
PASSENT = ("/admin/", "/paiements/", "/tipi-factice/", "/sante/")
PORTE_DES_AGENTS = "next=/admin/"
LECTURES = {"GET", "HEAD"}


class SalleDAttente:
    """Before the session: who waits costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @cached_property
    def file(self) -> FileDAttente | None:
        """None if the town wants no waiting room, or if its file cannot be written."""
        try:
            seuil = settings.AFFLUENCE_ATTENTE / 1000
            return FileDAttente(Path(settings.ETAT) / "affluence", seuil) if seuil else None
        except OSError as refus:
            journal.warning("No waiting room: %s.", refus)
            return None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        attente = FIL.attente
        if attente is None or self.file is None:
            return self.get_response(request)
        maintenant = time.time()
        if attente > self.file.seuil or self.file.est_fermee(maintenant):
            return self._a_la_porte(request, self.file, attente, maintenant)
        return self._servir(request)

    def _a_la_porte(self, request: HttpRequest, file: FileDAttente, attente: float, maintenant: float) -> HttpResponse:
        file.observer(attente, maintenant)
        if passe(request):
            return self._servir(request)
        place = Place.lire(request.COOKIES.get(TEMOIN, ""))
        place, devant, secondes = file.accueillir(place, maintenant)
        if devant:
            return _garder(attendre(place.numero, devant, secondes), place.signer(), DUREE_D_UNE_PLACE)
        return _garder(self._servir(request), signer_l_entree(), settings.SESSION_INACTIVITE_MAX)

    def _servir(self, request: HttpRequest) -> HttpResponse:
        """A session that begins or goes on: whoever has one is in, should the door close."""
        reponse = self.get_response(request)
        if reponse.cookies and (session := reponse.cookies.get(settings.SESSION_COOKIE_NAME)) and session.value:
            _garder(reponse, signer_l_entree(), settings.SESSION_INACTIVITE_MAX)
        return reponse


def passe(request: HttpRequest) -> bool:
    """Whom the room does not stop: who sends something is in the middle of it; who is in; agents, payments, watch."""
    return (
        request.method not in LECTURES
        or request.path.startswith(PASSENT)
        or PORTE_DES_AGENTS in request.META.get("QUERY_STRING", "").replace("%2F", "/")
        or est_entre(request.COOKIES.get(TEMOIN, ""), settings.SESSION_INACTIVITE_MAX)
    )


def _garder(reponse: HttpResponse, temoin: str, duree: int) -> HttpResponse:
    securise = settings.SESSION_COOKIE_SECURE
    reponse.set_cookie(TEMOIN, temoin, max_age=duree, secure=securise, httponly=True, samesite="Lax")
    return reponse
