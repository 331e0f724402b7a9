"""The usual reasons of a refusal, for agents to edit."""

from django.contrib import admin

from demandes.models import MotifUsuel


@admin.register(MotifUsuel)
class MotifUsuelAdmin(admin.ModelAdmin):
    list_display = ["texte"]
    search_fields = ["texte"]
    conseil_de_recherche = "Un mot du motif."
