"""Messages to many familles, for agents: write, choose, look at who gets it, launch, follow."""

from typing import cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminRadioSelect
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern

import francais
from famille.connexion.requete import compte_de
from messagerie.destinataires import par_planning as destinataires_planning
from messagerie.destinataires.sortes import Destinataires
from messagerie.envois.lancement import LancementRefuse, lancer
from messagerie.models import Envoi
from socle.admin.formulaire import FormulairePrepare, UnSeulBouton
from socle.admin.pages import AvecPages

# Importing a kind of recipients is offering it.
__all__ = ["EnvoiAdmin", "destinataires_planning"]


class EnvoiForm(FormulairePrepare):
    """What is written, and to which kind of recipients. Who exactly is chosen on the next page."""

    destinataires = forms.ChoiceField(widget=AdminRadioSelect(attrs={"class": "radiolist"}))

    class Meta:
        model = Envoi
        fields = ["sujet", "texte"]

    def preparer(self) -> None:
        destinataires = cast(forms.ChoiceField, self.fields["destinataires"])
        destinataires.choices = [(code, sorte.titre) for code, sorte in Destinataires.sortes.items()]
        destinataires.initial = self.instance.sorte or "toutes"
        self.fields[
            "texte"
        ].help_text = "Pour y joindre un document, publiez-le dans «\u00a0Documents\u00a0» et indiquez où le trouver."


@admin.register(Envoi)
class EnvoiAdmin(AvecPages, UnSeulBouton):
    """A draft is changed and previewed; once launched, its page shows how far it is."""

    form = EnvoiForm
    fields = ["sujet", "texte", "destinataires"]
    list_display = ["sujet", "cree_par", "cree_le", "lance_le", "avancement"]
    search_fields = ["sujet"]
    destinataires_template = "admin/messagerie/envoi/destinataires.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Envoi]:
        envois = super().get_queryset(request).select_related("cree_par", "lance_par")
        return envois.annotate(prevues=Count("destinations"), servies=Count("destinations__fil"))

    def has_change_permission(self, request: HttpRequest, obj: Envoi | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.est_lance)

    def has_delete_permission(self, request: HttpRequest, obj: Envoi | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.est_lance)

    @admin.display(description="avancement")
    def avancement(self, envoi: Envoi) -> str:
        if not envoi.est_lance:
            return "Brouillon"
        return f"{francais.nombre(envoi.servies)} sur {francais.pluriel(envoi.prevues, 'famille')}"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("<int:pk>/destinataires/", self.destinataires_view, "destinataires"),
            self.adresse("<int:pk>/lancement/", self.lancement_view, "lancement"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Envoi, form: EnvoiForm, change: bool) -> None:
        sorte = form.cleaned_data["destinataires"]
        if sorte != obj.sorte:
            obj.sorte, obj.criteres = sorte, {}
        if not change:
            obj.cree_par = compte_de(request)
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: Envoi, post_url_continue: str | None = None) -> HttpResponse:
        return redirect("admin:messagerie_envoi_destinataires", obj.pk)

    def response_change(self, request: HttpRequest, obj: Envoi) -> HttpResponse:
        return redirect("admin:messagerie_envoi_destinataires", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        envoi = self.get_object(request, object_id)
        if envoi is not None and envoi.est_lance:
            return redirect("admin:messagerie_envoi_destinataires", envoi.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def destinataires_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose and look, while it is a draft; follow, once it is launched."""
        envoi = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, envoi):
            raise PermissionDenied
        if request.method == "POST":
            return self._choisir(request, envoi)
        return self._montrer(request, envoi, envoi.destinataires() if envoi.criteres else None)

    def lancement_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST only. `attendues` is how many familles the page showed: not one more gets it unseen."""
        envoi = get_object_or_404(Envoi, pk=pk)
        if request.method != "POST" or not super().has_change_permission(request, envoi):
            raise PermissionDenied
        try:
            attendues = request.POST.get("attendues", "")
            lancer(envoi, par=compte_de(request), attendues=int(attendues) if attendues.isdecimal() else 0)
        except LancementRefuse as refus:
            messages.error(request, str(refus))
        else:
            self.log_change(request, envoi, "Lancé.")
            messages.success(request, "C’est parti\u00a0: les familles reçoivent le message.")
        return redirect("admin:messagerie_envoi_destinataires", pk)

    def _choisir(self, request: HttpRequest, envoi: Envoi) -> HttpResponse:
        if not self.has_change_permission(request, envoi):
            raise PermissionDenied
        choix = Destinataires.sortes[envoi.sorte](request.POST)
        if not choix.is_valid():
            return self._montrer(request, envoi, choix)
        envoi.criteres = {champ: request.POST.get(champ, "") for champ in choix.fields}
        envoi.save(update_fields=["criteres"])
        return redirect("admin:messagerie_envoi_destinataires", envoi.pk)

    def _montrer(self, request: HttpRequest, envoi: Envoi, choix: Destinataires | None) -> HttpResponse:
        familles = envoi.familles_retenues().prefetch_related("responsables")
        page = Paginator(familles, 50).get_page(request.GET.get("page"))
        contexte = {
            "envoi": envoi,
            "choix": choix or Destinataires.sortes[envoi.sorte](),
            "page": page,
            "effectif": page.paginator.count,
            "familles": francais.pluriel(page.paginator.count, "famille"),
            "avancement": self.avancement(envoi),
            "peut_changer": self.has_change_permission(request, envoi),
        }
        return self.montrer_page(request, self.destinataires_template, envoi.sujet, contexte)
