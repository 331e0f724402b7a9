"""Who owes a document; and one e-mail a famille to ask for it again, counted and confirmed first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

import francais
from courriels.avis import Avis
from courriels.depot import deposer
from famille.models import Enfant, Famille
from planning.pieces.attendue import PieceAttendue
from planning.pieces.lecture import pieces_attendues
from portail.guichet.page import PageDAgent
from portail.guichet.pieces.file import LIRE, VERIFIER
from portail.pieces.dossier import manquantes
from socle.admin.confirmation import Confirmation
from socle.adresses.formes import adresse_de

PAR_PAGE = 50


@dataclass(frozen=True)
class Due:
    """A famille and what it owes, in words: « Vaccins (Léa) »."""

    famille: Famille
    pieces: list[str]

    @property
    def adresse_connue(self) -> bool:
        return any(responsable.email for responsable in self.famille.responsables.all())

    @property
    def dites(self) -> str:
        return francais.enumerer(self.pieces)


class PiecesManquantes(PageDAgent):
    """`?page=2`. POST: the reminder, to all of them. The same day, a famille has it once."""

    chemin, nom, droits = "guichet/pieces/manquantes/", "guichet_pieces_manquantes", (LIRE,)
    titre = "Documents qui manquent"
    template_name = "admin/guichet/pieces/manquantes.html"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        par_famille = _par_famille()
        page = Paginator(sorted(par_famille), PAR_PAGE).get_page(request.GET.get("page"))
        contexte = self.get_context_data(
            liste=page,
            dues=dues({famille: par_famille[famille] for famille in page}),
            manquent=sum(map(len, par_famille.values())),
            peut_relancer=request.user.has_perm(VERIFIER),
        )
        return self.render_to_response(contexte)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm(VERIFIER):
            raise PermissionDenied
        toutes = dues(_par_famille())
        avec = [une for une in toutes if une.adresse_connue]
        if not avec:
            messages.warning(request, "Aucune famille à relancer par e-mail.")
            return redirect(f"admin:{self.nom}")
        question = Confirmation(
            titre="Relancer par e-mail\u00a0?",
            bouton=f"Relancer {francais.pluriel(len(avec), 'famille')}",
            phrases=_compter(avec, len(toutes) - len(avec)),
            chemin=[(reverse(f"admin:{self.nom}"), self.titre)],
            envoi=request.POST,
        )
        if not question.est_donnee(request.POST):
            contexte = self.get_context_data(confirmation=question) | {"title": question.titre}
            return self.response_class(request, "admin/confirmation.html", contexte)
        deposer(courriel for une in avec for courriel in une.famille.courriels(_avis(une)))
        messages.success(
            request, f"{francais.pluriel(len(avec), 'famille relancée', 'familles relancées')} par e-mail."
        )
        return redirect(f"admin:{self.nom}")


def _compter(avec: list[Due], sans: int) -> list[str]:
    documents = francais.pluriel(sum(len(une.pieces) for une in avec), "document manque", "documents manquent")
    recevront = francais.pluriel(len(avec), "famille recevra", "familles recevront")
    phrases = [f"{documents}\u00a0: {recevront} un e-mail, qui les nomme."]
    if sans:
        dit = francais.pluriel(sans, "famille n’a pas d’adresse", "familles n’ont pas d’adresse")
        phrases.append(f"{dit}\u00a0: la liste donne le téléphone.")
    return phrases


def _par_famille() -> dict[int, list[PieceAttendue]]:
    par_famille: dict[int, list[PieceAttendue]] = {}
    for une in manquantes(pieces_attendues(timezone.localdate())):
        par_famille.setdefault(une.famille, []).append(une)
    return par_famille


def dues(par_famille: dict[int, list[PieceAttendue]]) -> list[Due]:
    """Those familles, with their adults and the first names: three queries."""
    familles = Famille.objects.avec_responsables().in_bulk(list(par_famille))
    prenoms = _prenoms(une for siennes in par_famille.values() for une in siennes)
    return [
        Due(
            familles[cle],
            [f"{une.nom} ({prenoms[une.enfant]})" if une.enfant else une.nom for une in siennes],
        )
        for cle, siennes in sorted(par_famille.items())
    ]


def _prenoms(pieces: Iterable[PieceAttendue]) -> dict[int, str]:
    enfants = {une.enfant for une in pieces if une.enfant}
    return dict(Enfant.objects.filter(pk__in=enfants).values_list("pk", "prenom"))


def _avis(une: Due) -> Avis:
    """The names are for the famille alone: no dump tells them."""
    return Avis(
        sujet="Des documents à envoyer au centre",
        gabarit="pieces_a_fournir",
        contexte={"chemin": adresse_de("pieces")},
        prive={"pieces": une.pieces},
        cle=f"pieces:{une.famille.pk}:{timezone.localdate().isoformat()}",
    )
