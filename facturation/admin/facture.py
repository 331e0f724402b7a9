"""The invoices, for agents: lines, what is left, the PDF; and the avoir that corrects one."""

import re
from decimal import Decimal

from django import forms
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone

from facturation.models import Facture, Ligne
from facturation.papiers.telechargement import servir_facture
from francais import date_courte, euros

from .operation import OperationAdmin


class ImpayeesFilter(admin.SimpleListFilter):
    """What is left to pay."""

    title = "règlement"
    parameter_name = "reste"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("du", "À régler"), ("retard", "En retard"), ("regle", "Réglées")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "regle":
            return queryset.filter(reste__lte=0)
        if self.value() in ("du", "retard"):
            queryset = queryset.filter(reste__gt=0)
        return queryset.filter(echeance__lt=timezone.localdate()) if self.value() == "retard" else queryset


class MontantField(forms.DecimalField):
    """In €, as one types or pastes it: « 1 000,00 », whatever the spaces are."""

    def __init__(self, **options) -> None:
        options = {"min_value": Decimal("0.01"), "max_digits": 10, "decimal_places": 2} | options
        super().__init__(localize=True, **options)

    def to_python(self, value: object) -> Decimal | None:
        return super().to_python(re.sub(r"\s", "", value) if isinstance(value, str) else value)


class AvoirForm(forms.Form):
    """How much to take back (€), and why."""

    montant = MontantField(label="Montant (€)")
    motif = forms.CharField(max_length=200, label="Motif")


class AnnulationForm(forms.Form):
    motif = forms.CharField(max_length=200, label="Motif")


class LigneInline(admin.TabularInline):
    model = Ligne
    fields = ["enfant_nom", "libelle", "explication", "quantite_dite", "prix", "somme"]
    readonly_fields = fields
    can_delete = False
    extra = 0

    @admin.display(description="quantité")
    def quantite_dite(self, ligne: Ligne) -> str:
        return ligne.quantite_dite

    @admin.display(description="prix unitaire")
    def prix(self, ligne: Ligne) -> str:
        return euros(ligne.prix_unitaire)

    @admin.display(description="montant")
    def somme(self, ligne: Ligne) -> str:
        return euros(ligne.montant)

    def has_view_permission(self, request: HttpRequest, obj: Facture | None = None) -> bool:
        return request.user.has_perm("facturation.view_facture")

    def has_add_permission(self, request: HttpRequest, obj: Facture | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Facture | None = None) -> bool:
        return False


@admin.register(Facture)
class FactureAdmin(OperationAdmin):
    list_display = ["reference", "le", "famille", "periode", "somme", "reste_du", "echeance"]
    list_filter = ["regie", ImpayeesFilter]
    fields = ["reference", "famille", "payeur", ("du", "au"), ("date", "echeance"), "somme", "avance", "reste_du"]
    readonly_fields = ["reference", "somme", "reste_du"]
    inlines = [LigneInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).avec_reste()

    def get_urls(self) -> list[URLPattern]:
        vue = self.admin_site.admin_view
        return [
            path("<int:pk>/pdf/", vue(self.pdf_view), name="facturation_facture_pdf"),
            path("<int:pk>/avoir/", vue(self.avoir_view), name="facturation_facture_avoir"),
            path("<int:pk>/annulation/", vue(self.annulation_view), name="facturation_facture_annulation"),
            *super().get_urls(),
        ]

    @admin.display(description="période", ordering="du")
    def periode(self, facture: Facture) -> str:
        return f"{date_courte(facture.du)} - {date_courte(facture.au)}"

    @admin.display(description="reste à payer", ordering=F("reste"))
    def reste_du(self, facture: Facture) -> str:
        return euros(facture.reste)

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        self.exiger(request, "view_facture")
        return servir_facture(request, Facture.objects.filter(pk=pk))

    def avoir_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back an amount."""
        self.exiger(request, "add_avoir")
        facture = get_object_or_404(Facture.objects.select_related("regie"), pk=pk)
        return self.demander(
            request,
            facture,
            AvoirForm,
            lambda donnees: facture.etablir_avoir(**donnees, le=timezone.localdate(), par=request.user),
            titre=f"Établir un avoir sur {facture.reference}",
            bouton="Établir l’avoir",
            fait="L’avoir est établi.",
        )

    def annulation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back the whole invoice."""
        self.exiger(request, "add_avoir")
        facture = get_object_or_404(Facture.objects.select_related("regie"), pk=pk)
        return self.demander(
            request,
            facture,
            AnnulationForm,
            lambda donnees: facture.annuler(**donnees, le=timezone.localdate(), par=request.user),
            titre=f"Annuler {facture.reference} par un avoir",
            bouton="Annuler la facture",
            fait="La facture est annulée par un avoir.",
        )
