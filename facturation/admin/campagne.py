"""The campaigns, for the régie: preview, issue, progress, and all the invoices as one PDF for the printer."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet, Sum
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from facturation.apercu import apercevoir
from facturation.impression import assembler
from facturation.models import CampagneDeFacturation
from facturation.taches_campagne import emettre_campagne
from francais import date_courte, euros

RAFRAICHIR = "2"  # seconds, while the queue is issuing


@admin.register(CampagneDeFacturation)
class CampagneAdmin(admin.ModelAdmin):
    list_display = ["__str__", "nombre", "total", "emise"]
    list_filter = ["regie"]
    list_select_related = ["regie"]
    fields = ["regie", ("du", "au")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CampagneDeFacturation]:
        return super().get_queryset(request).annotate(nombre=Count("factures"), total=Sum("factures__montant"))

    def get_urls(self) -> list[URLPattern]:
        vue = self.admin_site.admin_view
        return [
            path("<int:pk>/apercu/", vue(self.apercu_view), name="facturation_campagnedefacturation_apercu"),
            path("<int:pk>/emission/", vue(self.emission_view), name="facturation_campagnedefacturation_emission"),
            path("<int:pk>/factures/", vue(self.factures_view), name="facturation_campagnedefacturation_factures"),
            *super().get_urls(),
        ]

    def has_change_permission(self, request: HttpRequest, obj: CampagneDeFacturation | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CampagneDeFacturation | None = None) -> bool:
        return False

    @admin.display(description="factures", ordering="nombre")
    def nombre(self, campagne: CampagneDeFacturation) -> int:
        return campagne.nombre

    @admin.display(description="total", ordering="total", empty_value="—")
    def total(self, campagne: CampagneDeFacturation) -> str | None:
        return None if campagne.total is None else euros(campagne.total)

    @admin.display(description="émise le", ordering="emise_le", empty_value="—")
    def emise(self, campagne: CampagneDeFacturation) -> str | None:
        return date_courte(timezone.localdate(campagne.emise_le)) if campagne.est_emise else None

    def response_add(self, request: HttpRequest, obj: CampagneDeFacturation, post_url_continue=None) -> HttpResponse:
        return redirect("admin:facturation_campagnedefacturation_apercu", obj.pk)

    def apercu_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would be issued; while it is being issued, how far; afterwards, what was."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        campagne = get_object_or_404(self.get_queryset(request).select_related("regie"), pk=pk)
        en_preparation = campagne.familles_a_traiter is None
        contexte = {
            **self.admin_site.each_context(request),
            "title": f"Campagne {campagne}",
            "opts": self.opts,
            "campagne": campagne,
            "apercu": apercevoir(campagne, au=timezone.localdate()) if en_preparation else None,
            "peut_emettre": self._peut_emettre(request) and en_preparation and campagne.au < timezone.localdate(),
            "peut_reprendre": self._peut_emettre(request) and campagne.est_en_cours,
        }
        reponse = TemplateResponse(request, "admin/facturation/campagnedefacturation/apercu.html", contexte)
        if campagne.est_en_cours:
            reponse["Refresh"] = RAFRAICHIR
        return reponse

    def emission_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST leaves the issue to the queue."""
        if not self._peut_emettre(request):
            raise PermissionDenied
        campagne = get_object_or_404(CampagneDeFacturation, pk=pk)
        aujourd_hui = timezone.localdate()
        if request.method == "POST" and campagne.au < aujourd_hui:
            emettre_campagne.enqueue(campagne.pk, aujourd_hui.isoformat(), request.user.pk)
            self.log_change(request, campagne, "Émission demandée.")
            messages.success(request, "L’émission est lancée.")
        return redirect("admin:facturation_campagnedefacturation_apercu", pk)

    def factures_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Every invoice as it was sent, one after the other."""
        if not self.has_view_permission(request) or not request.user.has_perm("facturation.view_facture"):
            raise PermissionDenied
        campagne = get_object_or_404(CampagneDeFacturation.objects.select_related("regie"), pk=pk)
        documents = assembler(campagne)
        if documents is None:
            messages.warning(request, "Les PDF sont encore en préparation\u00a0: réessayez dans un instant.")
            return redirect(reverse("admin:facturation_campagnedefacturation_apercu", args=[pk]))
        return FileResponse(documents, filename=f"factures-{campagne.regie.code}-{campagne.du}.pdf")

    def _peut_emettre(self, request: HttpRequest) -> bool:
        return request.user.has_perm("facturation.emettre_campagne")
