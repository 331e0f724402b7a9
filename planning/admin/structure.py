"""The structures, for agents."""

from django.contrib import admin

from planning.models import Structure


@admin.register(Structure)
class StructureAdmin(admin.ModelAdmin):
    list_display = ["nom", "ordre", "active"]
    list_filter = ["active"]
