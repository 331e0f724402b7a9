"""One request on the agent's desk: its page, taking charge, accepting, refusing; then the next one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse

from demandes.admin.page import PageDeDemande
from demandes.erreurs import RefusDemande
from demandes.forms import RefusForm
from demandes.genre.parts import REFUSER
from demandes.models import Decision, Demande
from famille.connexion.requete import compte_de
from famille.models import LectureConfidentielle
from socle.admin.confirmation import Confirmation
from socle.admin.pages import AvecPages
from socle.admin.retour.renoncer import a_renonce, dire_que_rien_n_a_change

FILE, PAGE = "admin:demandes_demande_changelist", "admin:demandes_demande_change"


@dataclass(frozen=True)
class ChoixDesParts:
    """What the agent chose of each part, by code: refused, or kept with an option."""

    refusees: list[str]
    gardees: dict[str, str]

    @classmethod
    def lire(cls, envoi: Mapping[str, str]) -> Self:
        """`part-12:2015-04-08=refuser`."""
        choix = _par_part(envoi)
        return cls(
            refusees=[code for code, option in choix.items() if option == REFUSER.code],
            gardees={code: option for code, option in choix.items() if option != REFUSER.code},
        )

    def refuse_tout(self, demande: Demande) -> bool:
        """Of what may be decided of that request, nothing is left to accept, and nothing else is refused."""
        parts = demande.contenu().parts_de(demande) if self.refusees and not self.gardees else []
        decidables = {part.code for part in parts if part.options}
        return bool(decidables) and decidables <= set(self.refusees) <= {part.code for part in parts}


def _par_part(envoi: Mapping[str, str]) -> dict[str, str]:
    return {cle.removeprefix("part-"): option for cle, option in envoi.items() if cle.startswith("part-")}


def _ce_qui_se_confirme(request: HttpRequest, demande: Demande, sauf: list[str]) -> Confirmation:
    """More children than places, other prices: nothing to ask, most often."""
    return Confirmation(
        titre=f"Accepter la demande n°\u00a0{demande.numero}\u00a0?",
        bouton="Accepter",
        phrases=demande.contenu().a_confirmer(demande, sauf) if demande.est_en_attente else [],
        chemin=[(reverse(FILE), "Demandes"), (reverse(PAGE, args=[demande.pk]), str(demande))],
        envoi=request.POST,
    )


class DecisionDUneDemande(AvecPages):
    """The page of a request, and the addresses by which it is decided."""

    page_template = "admin/demandes/demande/demande.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("<int:pk>/prise-en-charge/", self.prise_en_charge_view, "prise_en_charge"),
            self.adresse("<int:pk>/acceptation/", self.acceptation_view, "acceptation"),
            self.adresse("<int:pk>/refus/", self.refus_view, "refus"),
            self.adresse("<int:pk>/pieces/<int:piece>/", self.piece_view, "piece"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """What is asked, what is around, and the decision. Written by the addresses below, never by POST here."""
        if request.method != "GET":
            raise PermissionDenied
        demande = self._demande(request, int(object_id) if object_id.isdecimal() else 0)
        return self._montrer(request, demande, RefusForm())

    def prise_en_charge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        demande = self._a_decider(request, pk)
        try:
            demande.prendre_en_charge(par=compte_de(request))
        except RefusDemande as refus:
            messages.warning(request, str(refus))
        else:
            self.log_change(request, demande, "Prise en charge.")
            messages.success(request, "Vous vous occupez de cette demande.")
        return redirect(PAGE, pk)

    def acceptation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accept; where there are parts, those that are not refused."""
        demande, form, agent = self._a_decider(request, pk), RefusForm(request.POST), compte_de(request)
        if a_renonce(request):
            dire_que_rien_n_a_change(request)
            return self._montrer(request, demande, form)
        parts = ChoixDesParts.lire(request.POST.dict())
        if parts.refuse_tout(demande):
            return self._decider(request, demande, form, lambda: demande.refuser(par=agent, motif=form.motif))
        question = _ce_qui_se_confirme(request, demande, parts.refusees)
        if question.phrases and not question.est_donnee(request.POST):
            return question.demander(self, request)
        return self._decider(
            request,
            demande,
            form,
            lambda: demande.accepter(
                par=agent,
                sauf=parts.refusees,
                choix=parts.gardees,
                motif=form.motif if parts.refusees else "",
                vu=request.POST.get("vu", ""),
            ),
        )

    def refus_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        demande, form, agent = self._a_decider(request, pk), RefusForm(request.POST), compte_de(request)
        return self._decider(request, demande, form, lambda: demande.refuser(par=agent, motif=form.motif))

    def piece_view(self, request: HttpRequest, pk: int, piece: int) -> HttpResponseBase:
        demande = self._demande(request, pk)
        return get_object_or_404(demande.pieces, pk=piece).servir(request)

    def _demande(self, request: HttpRequest, pk: int) -> Demande:
        """The request, if this agent may see it; who reads health, or a bank account, is noted."""
        demande = get_object_or_404(Demande.objects.avec_personnes(), pk=pk)
        if not self.has_view_permission(request, demande):
            raise PermissionDenied
        if demande.genre.se_lit_au_journal():
            LectureConfidentielle.objects.noter(
                demande.enfant or demande.famille, par=compte_de(request), objet=str(demande)
            )
        return demande

    def _a_decider(self, request: HttpRequest, pk: int) -> Demande:
        if request.method != "POST":
            raise PermissionDenied
        return self._demande(request, pk)

    def _decider(
        self, request: HttpRequest, demande: Demande, form: RefusForm, verbe: Callable[[], Decision]
    ) -> HttpResponse:
        """Decide, and open the next one; or come back to the page and say why not."""
        try:
            decision = verbe()
        except RefusDemande as refus:
            messages.warning(request, str(refus))
            return self._montrer(request, Demande.objects.avec_personnes().get(pk=demande.pk), form)
        self.log_change(request, demande, f"Demande {decision.participe}.")
        messages.success(request, f"La demande n°\u00a0{demande.numero} est {decision.participe}.")
        suivante = self._suivante(request, demande)
        return redirect(PAGE, suivante.pk) if suivante else redirect(FILE)

    def _suivante(self, request: HttpRequest, demande: Demande) -> Demande | None:
        """The next of the queue; after the last one, the first."""
        file = Demande.objects.en_attente().traitables_par(compte_de(request)).plus_anciennes_d_abord()
        apres = Q(deposee_le__gt=demande.deposee_le) | Q(deposee_le=demande.deposee_le, pk__gt=demande.pk)
        return file.filter(apres).first() or file.first()

    def _montrer(self, request: HttpRequest, demande: Demande, form: RefusForm) -> HttpResponse:
        contexte = {
            "demande": demande,
            "has_change_permission": self.has_change_permission(request, demande),
            "page": PageDeDemande(demande, compte_de(request), _par_part(request.POST.dict())),
            "form": form,
        }
        return self.montrer_page(request, self.page_template, str(demande), contexte)
