"""Who may read headcounts: whoever sees prestations and réservations; and how an address says a day."""

from datetime import date

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from socle.admin.pages import AvecPages
from socle.exports.feuille import Feuille
from socle.exports.page import FORMATS


class LectureDesEffectifs(AvecPages):
    def peut_lire_les_effectifs(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["planning.view_prestation", "planning.view_reservation"])


def jour_ou_404(annee: int, mois: int, jour: int) -> date:
    try:
        lu = date(annee, mois, jour)
    except ValueError:
        raise Http404 from None
    if not 2000 <= lu.year <= 2200:
        raise Http404
    return lu


def envoyer_ou_404(feuille: Feuille, forme: str) -> HttpResponseBase:
    """As « csv » or « xlsx »: a file to keep."""
    ecrire = FORMATS.get(forme)
    if ecrire is None:
        raise Http404
    return ecrire(feuille)
