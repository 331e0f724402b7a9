"""What the pages of a famille's pieces (CAF, QF, taxes, bank) have in common."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from .recherche import sans_accents


class PieceDuDossier(admin.ModelAdmin):
    """A piece of a famille's record: found by the famille's number or names, and never moved to another famille."""

    autocomplete_fields = ["famille"]
    search_fields = ["famille__numero", *sans_accents("famille__responsables__nom", "famille__responsables__prenom")]
    list_select_related = ["famille"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # The name of a famille is that of its responsables.
        return super().get_queryset(request).prefetch_related("famille__responsables")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["famille"] if obj else [])]
