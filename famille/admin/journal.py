"""Who read what is confidential, and when, for the direction."""

from django.contrib import admin

from famille.models import LectureConfidentielle
from socle.admin.lecture import LectureSeule
from socle.admin.recherche import sans_accents


@admin.register(LectureConfidentielle)
class LectureConfidentielleAdmin(LectureSeule, admin.ModelAdmin):
    """The journal: read, never written by hand, not even by a superuser."""

    list_display = ["le", "enfant_nom", "objet", "par_identifiant"]
    list_filter = ["le"]
    date_hierarchy = "le"
    search_fields = [*sans_accents("enfant_nom"), "par_identifiant"]
    fields = ["le", "enfant", "enfant_nom", "objet", "par", "par_identifiant"]
    show_full_result_count = False
