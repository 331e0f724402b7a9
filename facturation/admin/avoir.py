"""The avoirs, for agents: read here, established from the invoice that they correct."""

from django.contrib import admin

from facturation.models import Avoir

from .operation import OperationAdmin


@admin.register(Avoir)
class AvoirAdmin(OperationAdmin):
    list_display = ["reference", "le", "famille", "facture", "motif", "somme"]
    list_select_related = ["regie", "facture__regie"]
    fields = ["reference", "famille", "facture", "date", "somme", "motif", "par"]
    readonly_fields = ["reference", "somme", "par"]
