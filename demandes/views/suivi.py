"""A request that was sent: its acknowledgement, its follow-up, its withdrawal, its documents."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views import View
from django.views.generic import TemplateView

from demandes.erreurs import RefusDemande
from demandes.models import Decision
from demandes.suivi.avancement import avancement
from demandes.suivi.frise import frise, moment
from demandes.suivi.parts import EXPIRE, parts_suivies
from famille.connexion.requete import FamilleRequise, RequeteDeFamille


class Accuse(FamilleRequise, TemplateView):
    """The acknowledgement of receipt, with its number and date (CRPA L112-11)."""

    template_name = "demandes/accuse.html"

    def get_context_data(self, **kwargs: object) -> dict:
        demande = get_object_or_404(
            self.request.famille.demandes.select_related("enfant", "decision"), pk=self.kwargs["pk"]
        )
        demande.famille = self.request.famille
        contenu = demande.contenu()
        return super().get_context_data(
            demande=demande,
            deposee=moment(demande.deposee_le),
            avancement=avancement(demande),
            parts=parts_suivies(demande, contenu),
            total=contenu.total_de(demande),
            mois=contenu.adresse_du_mois(demande),
        )


class Suivi(FamilleRequise, TemplateView):
    """A request: what it asks, where it stands, its documents."""

    template_name = "demandes/demande.html"

    def get_context_data(self, **kwargs: object) -> dict:
        demandes = self.request.famille.demandes.select_related(
            "enfant", "decision__par", "prise_en_charge_par", "deposee_par"
        )
        demande = get_object_or_404(demandes, pk=self.kwargs["pk"])
        demande.famille = self.request.famille
        contenu = demande.contenu()
        decision = None if demande.est_en_attente else demande.decision
        parts = parts_suivies(demande, contenu)
        return super().get_context_data(
            demande=demande,
            avancement=avancement(demande),
            motif=decision.motif if decision else "",
            titre_du_motif=_titre_du_motif(decision),
            frise=frise(demande),
            difference=contenu.difference(demande),
            parts=parts,
            sans_reponse=any(part.avancement is EXPIRE for part in parts),
            total=contenu.total_de(demande),
            mois=contenu.adresse_du_mois(demande),
            pieces=list(demande.pieces.all()),
        )


def _titre_du_motif(decision: Decision | None) -> str:
    if decision and decision.est_une_expiration:
        return "Sans réponse"
    return "Motif du refus" if decision and not decision.est_favorable else "Réponse du centre"


class Retrait(FamilleRequise, View):
    """Withdraw a pending request."""

    def post(self, request: RequeteDeFamille, pk: int) -> HttpResponse:
        demande = get_object_or_404(request.famille.demandes, pk=pk)
        try:
            demande.retirer(par=request.user)
        except RefusDemande as refus:
            messages.warning(request, str(refus))
        else:
            messages.success(request, f"Votre demande n°\u00a0{demande.numero} est retirée.")
        return redirect(demande)


class PieceDeDemande(FamilleRequise, View):
    """A supporting document, to the famille that joined it."""

    def get(self, request: RequeteDeFamille, pk: int, piece: int) -> HttpResponseBase:
        demande = get_object_or_404(request.famille.demandes, pk=pk)
        return get_object_or_404(demande.pieces, pk=piece).servir(request)
