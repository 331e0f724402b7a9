"""The documents of a famille, on its page: where each stands, and the paper that an agent has just seen."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from famille.connexion.requete import compte_de
from famille.models import PieceDemandee, PieceFournie
from famille.models.pieces.fournie import SANTE
from planning.pieces.attendue import EtatDePiece, PieceAttendue
from portail.guichet.famille.page import PageDeFamille
from portail.guichet.pieces.examen import FinForm
from portail.guichet.pieces.file import VERIFIER
from portail.pieces.dossier import Piece, PiecesDuDossier


@dataclass(frozen=True)
class Ligne:
    """`examen`: where what waits is checked; `fiche`: where the insurance of the child is written; `papier`: the form
    of what this agent may say to have seen."""

    piece: Piece
    examen: str = ""
    fiche: str = ""
    papier: FinForm | None = None


class PiecesDeFamille(PageDeFamille):
    """POST `piece`, `enfant` and `expire_le`: seen on paper."""

    chemin = "guichet/famille/<int:pk>/pieces/"
    nom = onglet = "guichet_famille_pieces"
    template_name = "admin/guichet/pieces/famille.html"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._montrer()

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not self.peut(VERIFIER):
            raise PermissionDenied
        famille = self.lire_la_famille()
        dossier = PiecesDuDossier(famille, le=timezone.localdate())
        une = self._choisie(dossier, request.POST)
        demandee = PieceDemandee.objects.get(pk=une.piece)
        if not self._peut_lire(une):
            raise PermissionDenied
        form = FinForm(demandee, request.POST)
        if not form.is_valid():
            return self._montrer(dossier, (une.piece, une.enfant, form), status=422)
        PieceFournie.objects.voir_sur_papier(
            demandee,
            famille,
            dossier.enfants[une.enfant] if une.enfant else None,
            expire_le=form.cleaned_data["expire_le"],
            par=compte_de(request),
        )
        messages.success(request, f"{demandee}\u00a0: vu sur papier.")
        return redirect(self.adresse(self.nom))

    def _choisie(self, dossier: PiecesDuDossier, envoi: dict) -> PieceAttendue:
        """What is expected of this famille; anything else does not exist."""
        for une in dossier.attendues:
            cles = (str(une.piece), str(une.enfant or ""))
            if cles == (envoi.get("piece"), envoi.get("enfant", "")) and not une.tenue_par:
                return une
        raise Http404

    def _montrer(
        self,
        dossier: PiecesDuDossier | None = None,
        faute: tuple[int, int | None, FinForm] | None = None,
        *,
        status: int = 200,
    ) -> HttpResponse:
        self.exiger_un_droit()
        dossier = dossier or PiecesDuDossier(self.lire_la_famille(), le=timezone.localdate())
        demandees = PieceDemandee.objects.in_bulk({une.piece for une in dossier.attendues})
        groupes = [
            (groupe.titre, [self._ligne(piece, demandees[piece.attendue.piece], faute) for piece in groupe.pieces])
            for groupe in dossier.groupes()
        ]
        return self.render_to_response(self.get_context_data(groupes=groupes), status=status)

    def _ligne(self, piece: Piece, demandee: PieceDemandee, faute: tuple[int, int | None, FinForm] | None) -> Ligne:
        une = piece.attendue
        if une.tenue_par:
            peut = une.enfant and self.peut("famille.view_enfant")
            return Ligne(piece, fiche=reverse("admin:famille_enfant_change", args=[une.enfant]) if peut else "")
        lisible = self._peut_lire(une)
        attend = une.etat == EtatDePiece.RECUE and lisible
        examen = reverse("admin:guichet_piece", args=[une.fournie]) if attend else ""
        if not lisible or not self.peut(VERIFIER):
            return Ligne(piece, examen)
        form = faute[2] if faute and faute[:2] == (une.piece, une.enfant) else None
        return Ligne(piece, examen, papier=form or FinForm(demandee, recue=timezone.localdate()))

    def _peut_lire(self, une: PieceAttendue) -> bool:
        return not une.de_sante or self.peut(SANTE)
