"""The queue of what is to be checked, the oldest first; and what ends, or has ended."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

import francais
from famille.connexion.requete import compte_de
from famille.models import Compte, PieceFournie
from portail.guichet.page import PageDAgent

PAR_PAGE = 50
LIRE, VERIFIER = "famille.view_piecefournie", "famille.change_piecefournie"
PERIMEES = "perimees"


@dataclass(frozen=True)
class Ligne:
    """A deposit: whose, since when, where it is looked at; empty `adresse`: this agent may not read it."""

    fournie: PieceFournie
    depuis: str
    adresse: str


class PiecesAVerifier(PageDAgent):
    """`?voir=perimees`: those that end within a month, or have ended, and that nothing has replaced. `?page=2`."""

    chemin, nom, droits = "guichet/pieces/", "guichet_pieces", (LIRE,)
    titre = "Documents des familles"
    template_name = "admin/guichet/pieces/file.html"
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        agent, voir = compte_de(request), request.GET.get("voir", "")
        siennes = perimees(agent) if voir == PERIMEES else a_verifier(agent)
        liees = siennes.select_related("piece", "enfant", "famille").prefetch_related("famille__responsables")
        page = Paginator(liees, PAR_PAGE).get_page(request.GET.get("page"))
        contexte = self.get_context_data(
            voir=voir if voir == PERIMEES else "",
            liste=page,
            lignes=[_ligne(une) for une in page],
            cachees=PieceFournie.objects.recues().count() - a_verifier(agent).count(),
        )
        return self.render_to_response(contexte)


def a_verifier(agent: Compte) -> QuerySet[PieceFournie]:
    return PieceFournie.objects.recues().lisibles_par(agent)


def perimees(agent: Compte) -> QuerySet[PieceFournie]:
    return PieceFournie.objects.a_renouveler(timezone.localdate()).lisibles_par(agent).order_by("expire_le", "pk")


def _ligne(fournie: PieceFournie) -> Ligne:
    attend = francais.il_y_a(timezone.now() - fournie.deposee_le)
    return Ligne(fournie, attend, reverse("admin:guichet_piece", args=[fournie.pk]))
