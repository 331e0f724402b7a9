"""The parent's pages: all the documents, sending one, reading again what one has sent."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView

from famille.connexion.requete import FamilleRequise, RequeteDeFamille
from famille.models import Enfant, FichierDePiece, PieceDemandee, PieceFournie
from planning.pieces.attendue import PieceAttendue
from portail.pieces.dossier import PiecesDuDossier
from socle.fichiers.depot import EnvoiRefuse
from socle.fichiers.pieces import PiecesField


class EnvoiForm(forms.Form):
    pieces = PiecesField(label="Le document", required=True)

    def __init__(self, data: object = None, files: object = None) -> None:
        super().__init__(data, files, label_suffix="")  # type: ignore[arg-type]  # Django's own, handed on
        self.use_required_attribute = False


class Pieces(FamilleRequise, TemplateView):
    """« Documents à fournir »."""

    template_name = "portail/pieces.html"

    def get_context_data(self, **kwargs: object) -> dict:
        dossier = PiecesDuDossier(self.request.famille, le=timezone.localdate())
        return super().get_context_data(**kwargs, groupes=dossier.groupes())


class EnvoiDePiece(FamilleRequise, TemplateView):
    """One document that is expected of this famille; anything else does not exist."""

    template_name = "portail/piece.html"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self._montrer(EnvoiForm())

    def post(self, request: RequeteDeFamille, piece: int, enfant: int | None = None) -> HttpResponse:
        attendue, de = self._lire()
        form = EnvoiForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                demandee = PieceDemandee.objects.get(pk=attendue.piece)
                recus = form.cleaned_data["pieces"]
                PieceFournie.objects.deposer(demandee, request.famille, de, recus, par=request.user)
            except EnvoiRefuse as refus:
                form.add_error(None, str(refus))
            else:
                messages.success(request, f"«\u00a0{demandee}\u00a0» est envoyé\u00a0: le centre va le vérifier.")
                return redirect("pieces")
        return self._montrer(form, status=422)

    def _lire(self) -> tuple[PieceAttendue, Enfant | None]:
        dossier = PiecesDuDossier(self.request.famille, le=timezone.localdate())
        piece, enfant = self.kwargs["piece"], self.kwargs.get("enfant")
        for une in dossier.attendues:
            if (une.piece, une.enfant) == (piece, enfant) and not une.tenue_par:
                if enfant is None:
                    return une, None
                if enfant in dossier.enfants:
                    return une, dossier.enfants[enfant]
        raise Http404

    def _montrer(self, form: EnvoiForm, *, status: int = 200) -> HttpResponse:
        attendue, enfant = self._lire()
        contexte = self.get_context_data(attendue=attendue, enfant=enfant, form=form)
        return self.render_to_response(contexte, status=status)


class FichierDeLaFamille(FamilleRequise, View):
    """A file, to the famille that sent it."""

    def get(self, request: RequeteDeFamille, pk: int) -> HttpResponseBase:
        siens = FichierDePiece.objects.filter(fournie__famille=request.famille)
        return get_object_or_404(siens, pk=pk).servir(request)
