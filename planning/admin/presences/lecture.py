"""Who may read headcounts: whoever sees prestations and réservations."""

from django.http import HttpRequest

from socle.admin.pages import AvecPages


class LectureDesEffectifs(AvecPages):
    def peut_lire_les_effectifs(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["planning.view_prestation", "planning.view_reservation"])
