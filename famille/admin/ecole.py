"""The schools, for agents."""

from django.contrib import admin

from famille.models import Ecole


@admin.register(Ecole)
class EcoleAdmin(admin.ModelAdmin):
    list_display = ["nom", "ville"]
    search_fields = ["nom", "ville"]
