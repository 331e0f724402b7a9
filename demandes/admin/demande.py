"""The queue of pending requests, oldest first, and what an agent may do of each."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

import francais
from demandes.admin.filtres import ParAnciennete, ParAvancement, ParGenre
from demandes.admin.marques import marquer
from demandes.admin.page import PageDeDemande
from demandes.erreurs import RefusDemande
from demandes.forms import RefusForm
from demandes.genre.parts import REFUSER
from demandes.models import Decision, Demande
from demandes.suivi.avancement import avancement
from famille.admin import recherche
from famille.models import LectureSante

FILE = "admin:demandes_demande_changelist"


class File(ChangeList):
    """The queue, each request with its marks."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        marquer(self.result_list)


@admin.register(Demande)
class DemandeAdmin(recherche.RechercheParMots):
    list_display = ["objet", "dossier", "resume", "marques", "attente", "suivie_par"]
    list_filter = [ParAvancement, ParGenre, ParAnciennete]
    conseil_de_recherche = "Nom d’un responsable ou d’un enfant, numéro de famille ou de demande."
    list_per_page = 50
    show_full_result_count = False
    actions = ["accepter_la_selection", "refuser_la_selection"]
    page_template = "admin/demandes/demande/demande.html"
    refus_template = "admin/demandes/demande/refus.html"

    # -- Rights -----------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Demande | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Demande | None = None) -> bool:
        return obj.genre.traitable_par(request.user) if obj else request.user.has_perm("demandes.traiter_demande")

    has_view_permission = has_change_permission

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Demande | None:
        """Beyond the agent's own queue: what they may not see is a 403, not a request that never was."""
        return Demande.objects.filter(pk=object_id).first() if object_id.isdecimal() else None

    # -- The queue --------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **options: object) -> type[ChangeList]:
        return File

    def get_queryset(self, request: HttpRequest) -> QuerySet[Demande]:
        return super().get_queryset(request).traitables_par(request.user).avec_personnes()

    def get_ordering(self, request: HttpRequest) -> list[str]:
        return ["-deposee_le", "-pk"] if _regarde_le_passe(request) else ["deposee_le", "pk"]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """What waits says since when; what is decided says how."""
        if not _regarde_le_passe(request):
            return self.list_display
        return ["objet", "dossier", "resume", "deposee_le", "ou_en_est"]

    def trouve(self, mot: str) -> Q:
        numero = Q(pk=int(mot)) if mot.isdecimal() and len(mot) < 10 else Q()
        return recherche.famille(mot, "famille") | numero

    @admin.display(description="demande", ordering="type")
    def objet(self, demande: Demande) -> str:
        return f"N°\u00a0{demande.numero}, {demande.nom_court}"

    @admin.display(description="famille")
    def dossier(self, demande: Demande) -> str:
        return f"{demande.famille}, {demande.enfant.prenom}" if demande.enfant else str(demande.famille)

    @admin.display(description="ce qui est demandé")
    def resume(self, demande: Demande) -> str:
        return demande.genre.resume(demande)

    @admin.display(description="déposée", ordering="deposee_le", empty_value="—")
    def attente(self, demande: Demande) -> str | None:
        return francais.il_y_a(timezone.now() - demande.deposee_le) if demande.est_en_attente else None

    @admin.display(description="à noter", empty_value="—")
    def marques(self, demande: Demande) -> str | None:
        return " · ".join(demande.marques) or None

    @admin.display(description="suivie par", ordering="prise_en_charge_par", empty_value="—")
    def suivie_par(self, demande: Demande) -> str | None:
        return demande.prise_en_charge_par and str(demande.prise_en_charge_par)

    @admin.display(description="état")
    def ou_en_est(self, demande: Demande) -> str:
        return avancement(demande).texte

    # -- Several at once --------------------------------------------------------------------------

    @admin.action(description="Accepter les demandes choisies", permissions=["change"])
    def accepter_la_selection(self, request: HttpRequest, demandes: QuerySet[Demande]) -> None:
        """Each in its own transaction. What an agent must read first is left aside, and said."""

        def accepter(demande: Demande) -> Decision:
            page = PageDeDemande(demande, request.user)
            if demande.est_en_attente and page.en_conflit:
                raise RefusDemande(f"La demande n°\u00a0{demande.numero}\u00a0: la fiche a changé depuis, ouvrez-la.")
            return demande.accepter(par=request.user, vu=page.vu)

        self._decider_en_nombre(request, demandes, accepter)

    @admin.action(description="Refuser les demandes choisies…", permissions=["change"])
    def refuser_la_selection(self, request: HttpRequest, demandes: QuerySet[Demande]) -> HttpResponse | None:
        """A page asks for the reason, the same for all."""
        form = RefusForm(request.POST if "confirmer" in request.POST else None)
        if form.is_bound and form.motif:
            self._decider_en_nombre(request, demandes, lambda d: d.refuser(par=request.user, motif=form.motif))
            return None
        contexte = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Refuser plusieurs demandes",
            "demandes": demandes,
            "form": form,
            "sans_motif": form.is_bound,
        }
        return TemplateResponse(request, self.refus_template, contexte)

    def _decider_en_nombre(
        self, request: HttpRequest, demandes: QuerySet[Demande], decider: Callable[[Demande], Decision]
    ) -> None:
        decisions = []
        for demande in demandes.plus_anciennes_d_abord():
            try:
                if demande.genre.confidentiel:
                    raise RefusDemande(f"La demande n°\u00a0{demande.numero} est confidentielle\u00a0: ouvrez-la.")
                decisions.append(decider(demande))
            except RefusDemande as refus:
                messages.warning(request, str(refus))
            else:
                self.log_change(request, demande, f"Demande {decisions[-1].participe}.")
        if decisions:
            participe = decisions[0].participe
            nombre = francais.pluriel(len(decisions), f"demande {participe}", f"demandes {participe}s")
            messages.success(request, f"{nombre}.")

    # -- One of them ------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        def adresse(chemin: str, vue, nom: str) -> URLPattern:
            return path(chemin, self.admin_site.admin_view(vue), name=f"demandes_demande_{nom}")

        return [
            adresse("<int:pk>/prise-en-charge/", self.prise_en_charge_view, "prise_en_charge"),
            adresse("<int:pk>/acceptation/", self.acceptation_view, "acceptation"),
            adresse("<int:pk>/refus/", self.refus_view, "refus"),
            adresse("<int:pk>/pieces/<int:piece>/", self.piece_view, "piece"),
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
            demande.prendre_en_charge(par=request.user)
        except RefusDemande as refus:
            messages.warning(request, str(refus))
        else:
            self.log_change(request, demande, "Prise en charge.")
            messages.success(request, "Vous vous occupez de cette demande.")
        return redirect("admin:demandes_demande_change", pk)

    def acceptation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accept; where there are parts, those that are not refused."""
        demande = self._a_decider(request, pk)
        form = RefusForm(request.POST)
        choix = {cle.removeprefix("part-"): valeur for cle, valeur in request.POST.items() if cle.startswith("part-")}
        sauf = [code for code, option in choix.items() if option == REFUSER.code]
        if choix and len(sauf) == len(choix):
            return self._decider(request, demande, form, lambda: demande.refuser(par=request.user, motif=form.motif))
        gardees = {code: option for code, option in choix.items() if option != REFUSER.code}
        motif = form.motif if sauf else ""
        return self._decider(
            request,
            demande,
            form,
            lambda: demande.accepter(
                par=request.user, sauf=sauf, choix=gardees, motif=motif, vu=request.POST.get("vu", "")
            ),
        )

    def refus_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        demande = self._a_decider(request, pk)
        form = RefusForm(request.POST)
        return self._decider(request, demande, form, lambda: demande.refuser(par=request.user, motif=form.motif))

    def piece_view(self, request: HttpRequest, pk: int, piece: int) -> HttpResponseBase:
        demande = self._demande(request, pk)
        return get_object_or_404(demande.pieces, pk=piece).servir(request)

    def _demande(self, request: HttpRequest, pk: int) -> Demande:
        """The request, if this agent may see it; who reads health is noted."""
        demande = get_object_or_404(Demande.objects.avec_personnes(), pk=pk)
        if not self.has_view_permission(request, demande):
            raise PermissionDenied
        if demande.genre.confidentiel and demande.enfant:
            LectureSante.objects.noter(demande.enfant, par=request.user)
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
            return self._montrer(request, self._relire(demande), form)
        self.log_change(request, demande, f"Demande {decision.participe}.")
        messages.success(request, f"La demande n°\u00a0{demande.numero} est {decision.participe}.")
        suivante = self._suivante(request, demande)
        return redirect("admin:demandes_demande_change", suivante.pk) if suivante else redirect(FILE)

    def _relire(self, demande: Demande) -> Demande:
        return Demande.objects.avec_personnes().get(pk=demande.pk)

    def _suivante(self, request: HttpRequest, demande: Demande) -> Demande | None:
        """The next of the queue; after the last one, the first."""
        file = Demande.objects.en_attente().traitables_par(request.user).plus_anciennes_d_abord()
        apres = Q(deposee_le__gt=demande.deposee_le) | Q(deposee_le=demande.deposee_le, pk__gt=demande.pk)
        return file.filter(apres).first() or file.first()

    def _montrer(self, request: HttpRequest, demande: Demande, form: RefusForm) -> HttpResponse:
        contexte = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(demande),
            "demande": demande,
            "has_change_permission": self.has_change_permission(request, demande),
            "page": PageDeDemande(demande, request.user),
            "form": form,
        }
        return TemplateResponse(request, self.page_template, contexte)


def _regarde_le_passe(request: HttpRequest) -> bool:
    return request.GET.get("etat") in {"acceptees", "refusees", "retirees", "toutes"}
