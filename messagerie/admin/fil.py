"""Conversations, for agents: what waits for an answer, who is on it, answering."""

from typing import cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils import timezone

import francais
from famille.admin.recherche import famille
from famille.connexion.requete import compte_de
from famille.models import Compte, LectureConfidentielle
from messagerie.fils.formulaires import ReponseForm
from messagerie.fils.lignes import LigneDeMessage
from messagerie.models import Fil, Piece
from messagerie.models.fil import DejaPrisEnCharge, FilQuerySet
from socle.admin.choix import ChoixDits
from socle.admin.filtres import Filtre
from socle.admin.formulaire import RefusDit, UnSeulBouton
from socle.admin.lecture import SansSuppression
from socle.admin.pages import AvecPages
from socle.admin.recherche import RechercheParMots
from socle.fichiers.depot import EnvoiRefuse


class Suivi(Filtre):
    """What waits comes first: it is why an agent opens the page."""

    title, parameter_name = "suivi", "suivi"
    defaut = "À traiter"
    choix = [("libres", "À traiter, personne dessus"), ("moi", "À traiter par moi"), ("toutes", "Toutes")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Fil]) -> QuerySet[Fil]:
        fils = cast(FilQuerySet, queryset)
        match self.value():
            case "libres":
                return fils.a_traiter().filter(suivi_par=None)
            case "moi":
                return fils.a_traiter().filter(suivi_par=compte_de(request))
            case "toutes":
                return queryset
        return fils.a_traiter()


class NouveauFilForm(ReponseForm, forms.ModelForm):
    """Write first to a famille."""

    class Meta:
        model = Fil
        fields = ["famille", "sujet"]


@admin.register(Fil)
class FilAdmin(ChoixDits, SansSuppression, AvecPages, UnSeulBouton, RechercheParMots, RefusDit):
    """A list, and a page that is the conversation itself."""

    form = NouveauFilForm
    fields = ["famille", "sujet", "texte", "pieces"]
    autocomplete_fields = ["famille"]
    list_display = ["sujet", "famille", "attente", "suivi_par", "dernier_le"]
    list_filter = [Suivi]
    conversation_template = "admin/messagerie/fil/conversation.html"

    def trouve(self, mot: str) -> Q:
        return famille(mot, "famille") | Q(sujet__sans_accents=mot)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fil]:
        fils = super().get_queryset(request).select_related("famille", "suivi_par")
        return fils.prefetch_related("famille__responsables")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-dernier_le",) if request.GET.get("suivi") == "toutes" else ("en_attente_depuis", "-dernier_le")

    @admin.display(description="à répondre", ordering="en_attente_depuis", empty_value="—")
    def attente(self, fil: Fil) -> str | None:
        if fil.en_attente_depuis is None:
            return None
        return f"reçu {francais.il_y_a(timezone.now() - fil.en_attente_depuis)}"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("<int:pk>/prise-en-charge/", self.prise_en_charge_view, "prise_en_charge"),
            self.adresse("<int:pk>/classement/", self.classement_view, "classement"),
            self.adresse("pieces/<int:pk>/", self.piece_view, "piece"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Fil, form: NouveauFilForm, change: bool) -> None:
        saisie = form.cleaned_data
        fil = Fil.ecrire_a(saisie["famille"], saisie["sujet"], saisie["texte"], compte_de(request), saisie["pieces"])
        obj.pk = fil.pk

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """The conversation; POST answers."""
        fil = self._fil(request, object_id, ecrire=request.method == "POST")
        form = ReponseForm(request.POST or None, request.FILES or None)
        form.fields["texte"].label = "Réponse"
        if request.method == "POST" and form.is_valid():
            try:
                fil.repondre(par=compte_de(request), **form.cleaned_data)
            except EnvoiRefuse as refus:
                form.add_error(None, str(refus))
            else:
                self.log_change(request, fil, "Réponse envoyée.")
                messages.success(request, "La réponse est envoyée.")
                return redirect("admin:messagerie_fil_changelist")
        return self.montrer_page(request, self.conversation_template, fil.sujet, self._contexte(request, fil, form))

    def prise_en_charge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST only; `de` names the colleague whose place is taken, as the page showed."""
        fil = self._fil(request, str(pk), ecrire=True)
        colleague = Compte.objects.filter(pk=request.POST["de"]).first() if request.POST.get("de") else None
        try:
            fil.prendre_en_charge(compte_de(request), a_la_place_de=colleague)
        except DejaPrisEnCharge as refus:
            messages.error(request, str(refus))
        else:
            self.log_change(request, fil, "Prise en charge.")
        return redirect("admin:messagerie_fil_change", pk)

    def classement_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        fil = self._fil(request, str(pk), ecrire=True)
        fil.classer()
        self.log_change(request, fil, "Classée sans réponse.")
        messages.success(request, "La conversation est classée sans réponse.")
        return redirect("admin:messagerie_fil_changelist")

    def piece_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        piece = get_object_or_404(Piece.objects.select_related("message__fil__famille"), pk=pk)
        # A certificate, perhaps: nobody knows before it is open.
        objet = f"Pièce d’un message du {francais.date_courte(timezone.localdate(piece.message.le))}"
        LectureConfidentielle.objects.noter(piece.message.fil.famille, par=compte_de(request), objet=objet)
        return piece.servir(request)

    def _fil(self, request: HttpRequest, pk: str, *, ecrire: bool) -> Fil:
        fil = get_object_or_404(self.get_queryset(request), pk=pk if pk.isdecimal() else None)
        permis = self.has_change_permission(request, fil) if ecrire else self.has_view_permission(request, fil)
        if not permis or (ecrire and request.method != "POST"):
            raise PermissionDenied
        return fil

    def _contexte(self, request: HttpRequest, fil: Fil, form: ReponseForm) -> dict:
        lignes = [LigneDeMessage.de(message, timezone.now()) for message in fil.messages.prefetch_related("pieces")]
        return {
            "fil": fil,
            "famille_url": reverse("admin:guichet_famille", args=[fil.famille_id]),
            "lignes": lignes,
            "form": form,
            "has_change_permission": self.has_change_permission(request, fil),
            "est_a_moi": fil.suivi_par == request.user,
            "attente": self.attente(fil),
        }
