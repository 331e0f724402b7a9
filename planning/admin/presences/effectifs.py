"""The pages of headcounts: how many children, how many animateurs, over a week, a month or holidays."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils import timezone

from planning.admin.presences.lecture import LectureDesEffectifs, envoyer_ou_404
from planning.effectifs.papiers import imprimer_les_effectifs
from planning.effectifs.periode import Periode, lire_la_periode, periodes_proposees
from planning.effectifs.table import TableDesEffectifs
from planning.effectifs.tableurs import feuille_des_effectifs


class PagesDEffectifs(LectureDesEffectifs):
    """`effectifs/?du=2026-11-23&au=2026-11-29`; `effectifs/pdf/`, `…/csv/`, `…/xlsx/` take them away."""

    effectifs_template = "admin/planning/prestation/effectifs.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("effectifs/", self.effectifs_view, "effectifs"),
            self.adresse("effectifs/pdf/", self.effectifs_en_pdf, "effectifs_pdf"),
            self.adresse("effectifs/<str:forme>/", self.effectifs_en_tableur, "effectifs_tableur"),
            *super().get_urls(),
        ]

    def effectifs_view(self, request: HttpRequest) -> HttpResponse:
        periode = self.periode_demandee(request)
        contexte = {"periode": periode, "periodes": periodes_proposees(timezone.localdate()), "table": _table(periode)}
        return self.montrer_page(request, self.effectifs_template, "Effectifs", contexte, large=True)

    def effectifs_en_pdf(self, request: HttpRequest) -> HttpResponse:
        pdf = imprimer_les_effectifs(_table(self.periode_demandee(request)))
        return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": "inline"})

    def effectifs_en_tableur(self, request: HttpRequest, forme: str) -> HttpResponseBase:
        feuille = feuille_des_effectifs(_table(self.periode_demandee(request)))
        return envoyer_ou_404(feuille, forme)

    def periode_demandee(self, request: HttpRequest) -> Periode:
        """Whoever may not read headcounts learns nothing of what they asked."""
        if not self.peut_lire_les_effectifs(request):
            raise PermissionDenied
        du, au = request.GET.get("du", ""), request.GET.get("au", "")
        periode, refus = lire_la_periode(du.strip(), au.strip(), timezone.localdate())
        if refus:
            messages.error(request, refus)
        return periode


def _table(periode: Periode) -> TableDesEffectifs:
    return TableDesEffectifs(periode.du, periode.au)
