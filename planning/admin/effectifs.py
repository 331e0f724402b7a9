"""Who may read headcounts: whoever sees prestations and réservations."""

from django.contrib import admin
from django.http import HttpRequest


class LectureDesEffectifs(admin.ModelAdmin):
    def peut_lire_les_effectifs(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["planning.view_prestation", "planning.view_reservation"])
