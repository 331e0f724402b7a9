"""Two records of one child become one: which is the other, what would move in numbers, and done."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse

from famille.fusion.enfants import FusionDEnfants, FusionImpossible
from famille.models import Enfant
from socle.admin.confirmation import Confirmation
from socle.admin.pages import AvecPages

DROIT = "famille.fusionner_enfants"


class AutreFicheForm(forms.Form):
    """Which record is the same child's. Those alike are proposed; any other is named by its number."""

    avec = forms.IntegerField(label="N° de l’autre fiche", min_value=1, max_value=2**62)

    def __init__(self, garde: Enfant, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._garde = garde

    def clean_avec(self) -> Enfant:
        autre = Enfant.objects.connus().exclude(pk=self._garde.pk).filter(pk=self.cleaned_data["avec"]).first()
        if autre is None:
            raise forms.ValidationError("Aucune autre fiche d’enfant n’a ce numéro.")
        return autre


class FusionDeFiches(AvecPages):
    """`<pk>/fusion/` chooses, `<pk>/fusion/?avec=12` asks in numbers, POST does."""

    fusion_template = "admin/famille/enfant/fusion.html"

    def get_urls(self) -> list[URLPattern]:
        return [self.adresse("<int:pk>/fusion/", self.fusion_view, "fusion"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        contexte = {**(extra_context or {}), "peut_fusionner": request.user.has_perm(DROIT)}
        return super().change_view(request, object_id, form_url, contexte)

    def fusion_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm(DROIT):
            raise PermissionDenied
        garde = get_object_or_404(Enfant.objects.connus().prefetch_related("familles"), pk=pk)
        form = AutreFicheForm(garde, request.GET if "avec" in request.GET else None)
        fusion = FusionDEnfants(garde, form.cleaned_data["avec"]) if form.is_valid() else None
        obstacles = fusion.obstacles() if fusion else []
        if fusion is None or obstacles:
            return self._choisir(request, garde, form, obstacles)
        question = self._demande(request, fusion)
        if request.method == "POST" and question.est_donnee(request.POST):
            return self._faire(request, fusion)
        return question.demander(self, request)

    def _faire(self, request: HttpRequest, fusion: FusionDEnfants) -> HttpResponse:
        dit = f"Fiche n°\u00a0{fusion.fondue.pk} ({fusion.fondue}) fusionnée dans celle-ci\u00a0: {_nombres(fusion)}."
        try:
            fusion.faire()
        except FusionImpossible as refus:
            messages.error(request, str(refus))
        else:
            self.log_change(request, fusion.garde, dit)
            messages.success(request, dit)
        return redirect("admin:famille_enfant_change", fusion.garde.pk)

    def _choisir(self, request: HttpRequest, garde: Enfant, form: AutreFicheForm, obstacles: list[str]) -> HttpResponse:
        pareils = Enfant.objects.connus().homonymes(garde.nom, garde.prenom).exclude(pk=garde.pk)
        contexte = {
            "garde": garde,
            "form": form,
            "obstacles": obstacles,
            "pareils": pareils.prefetch_related("familles"),
        }
        return self.montrer_page(request, self.fusion_template, "Fusionner deux fiches", contexte)

    def _demande(self, request: HttpRequest, fusion: FusionDEnfants) -> Confirmation:
        garde, fondue = fusion.garde, fusion.fondue
        fiche = reverse("admin:famille_enfant_change", args=[garde.pk])
        return Confirmation(
            titre="Fusionner ces deux fiches\u00a0?",
            bouton="Fusionner",
            phrases=[
                f"Reste la fiche n°\u00a0{garde.pk}\u00a0: {garde.en_choix}.",
                f"Disparaît des listes la fiche n°\u00a0{fondue.pk}\u00a0: {fondue.en_choix}.",
                f"Passent de l’une à l’autre\u00a0: {_nombres(fusion)}.",
                "Les factures restent à leur famille, et l’histoire des deux fiches est gardée.",
                "Ce qui manque à la première est complété par la seconde. Une autorisation refusée le reste, "
                "une personne interdite aussi.",
                "Cela ne se défait pas.",
            ],
            chemin=[
                (reverse("admin:famille_enfant_changelist"), "Enfants"),
                (fiche, str(garde)),
            ],
        )


def _nombres(fusion: FusionDEnfants) -> str:
    return ", ".join(fusion.compter()) or "rien, la fiche est vide"
