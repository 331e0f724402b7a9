"""The online payments, for the régisseur: all or the day’s, and the confirmation by hand of what the Treasury lists."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from facturation.erreurs import RefusFacturation
from facturation.models import PaiementEnLigne
from famille.admin import recherche
from francais import euros


class JourFilter(admin.SimpleListFilter):
    """Today's are what the till is closed on; unless one asks, those of yesterday that still wait are there too."""

    title, parameter_name = "jour", "jour"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("aujourd_hui", "Aujourd’hui"), ("semaine", "Sept derniers jours")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PaiementEnLigne]) -> QuerySet[PaiementEnLigne]:
        jours = {"aujourd_hui": 0, "semaine": 6}.get(self.value())
        if jours is None:
            return queryset
        return queryset.filter(cree_le__date__gte=timezone.localdate() - timedelta(days=jours))


class ConfirmationForm(forms.Form):
    motif = forms.CharField(
        max_length=200,
        label="Motif",
        help_text="Ce qui prouve le paiement\u00a0: par exemple la ligne du relevé du Trésor public.",
    )


@admin.register(PaiementEnLigne)
class PaiementEnLigneAdmin(recherche.RechercheParMots):
    list_display = ["refdet", "facture", "famille", "somme", "etat", "cree_le", "reglement"]
    list_filter = [JourFilter, "etat"]
    fields = readonly_fields = [
        "refdet",
        "facture",
        "famille",
        "somme",
        "etat",
        "courriel",
        "cree_le",
        "clos_le",
        "numauto",
        "reglement",
        "confirme_par",
        "motif",
    ]
    show_full_result_count = False
    view_on_site = False  # a parent's address
    conseil_de_recherche = "Référence TIPI, famille, responsable ou enfant."

    def trouve(self, mot: str) -> Q:
        return Q(refdet__istartswith=mot) | recherche.famille(mot, "facture__famille")

    def get_queryset(self, request: HttpRequest) -> QuerySet[PaiementEnLigne]:
        paiements = super().get_queryset(request).select_related("facture__regie", "reglement__regie")
        return paiements.prefetch_related("facture__famille__responsables")

    def get_urls(self) -> list[URLPattern]:
        vue = self.admin_site.admin_view(self.confirmation_view)
        nom = "facturation_paiementenligne_confirmation"
        return [path("<int:pk>/confirmation/", vue, name=nom), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: PaiementEnLigne | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PaiementEnLigne | None = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        contexte = {**(extra_context or {}), "peut_confirmer": self._peut_confirmer(request)}
        return super().change_view(request, object_id, form_url, contexte)

    @admin.display(description="famille")
    def famille(self, paiement: PaiementEnLigne) -> str:
        return str(paiement.facture.famille)

    @admin.display(description="montant", ordering="montant")
    def somme(self, paiement: PaiementEnLigne) -> str:
        return euros(paiement.montant)

    def confirmation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks on which proof, then records the Règlement."""
        if not self._peut_confirmer(request):
            raise PermissionDenied
        paiement = get_object_or_404(PaiementEnLigne.objects.select_related("facture__regie"), pk=pk)
        form = ConfirmationForm(request.POST or None)
        if form.is_valid() and self._confirmer(request, paiement, form):
            return redirect(self._page(paiement))
        contexte = {
            **self.admin_site.each_context(request),
            "title": f"Confirmer le paiement {paiement.refdet}",
            "opts": self.opts,
            "form": form,
            "bouton": "Enregistrer le règlement",
            "operation": paiement,
            "retour": self._page(paiement),
        }
        return TemplateResponse(request, "admin/facturation/question.html", contexte)

    def _confirmer(self, request: HttpRequest, paiement: PaiementEnLigne, form: ConfirmationForm) -> bool:
        try:
            reglement = paiement.confirmer(motif=form.cleaned_data["motif"], par=request.user)
        except RefusFacturation as refus:
            form.add_error(None, str(refus))
            return False
        self.log_change(request, paiement, f"Confirmé à la main\u00a0: règlement {reglement}")
        messages.success(request, f"Le règlement {reglement} est enregistré.")
        return True

    def _peut_confirmer(self, request: HttpRequest) -> bool:
        return request.user.has_perm("facturation.confirmer_paiementenligne")

    def _page(self, paiement: PaiementEnLigne) -> str:
        return reverse("admin:facturation_paiementenligne_change", args=[paiement.pk])
