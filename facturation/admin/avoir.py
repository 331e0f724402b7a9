"""The avoirs, for agents: read here, lines and days, and their PDF; established from the invoice that they correct."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern

from facturation.models import Avoir
from facturation.papiers.telechargement import montrer_avoir

from .operation import LigneInline, OperationAdmin


@admin.register(Avoir)
class AvoirAdmin(OperationAdmin):
    list_display = ["reference", "le", "famille", "facture", "motif", "somme"]
    list_select_related = ["regie", "facture__regie"]
    fields = ["reference", "famille", "facture", "date", "somme", "motif", "par"]
    readonly_fields = ["reference", "somme", "par"]
    inlines = [LigneInline]

    def get_urls(self) -> list[URLPattern]:
        return [self.adresse("<int:pk>/pdf/", self.pdf_view, "pdf"), *super().get_urls()]

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.exiger(request, "view_avoir")
        return montrer_avoir(get_object_or_404(Avoir.objects.select_related("regie", "facture__regie"), pk=pk))
