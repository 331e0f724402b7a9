"""The schools, for agents."""

from django.contrib import admin

from famille.models import Ecole
from socle.admin.recherche import sans_accents


@admin.register(Ecole)
class EcoleAdmin(admin.ModelAdmin):
    list_display = ["nom", "ville"]
    search_fields = sans_accents("nom", "ville")
