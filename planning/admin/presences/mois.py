"""The page of a prestation's month: headcounts over places, children in rows."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern
from django.utils import timezone

import francais
from planning.admin.presences.lecture import LectureDesEffectifs
from planning.models import Prestation
from planning.mois.prestation import MoisPrestation


class PagesDuMois(LectureDesEffectifs):
    """`<pk>/mois/` is that of today, or the one that `?mois=2015-04` asks for; `<pk>/mois/<yyyy>/<mm>/` any."""

    mois_template = "admin/planning/prestation/mois.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("<int:pk>/mois/", self.mois_courant_view, "mois_courant"),
            self.adresse("<int:pk>/mois/<int:annee>/<int:mois>/", self.mois_view, "mois"),
            *super().get_urls(),
        ]

    def mois_courant_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.peut_lire_les_effectifs(request):
            raise PermissionDenied
        annee, _, mois = request.GET.get("mois", "").partition("-")
        if annee.isdecimal() and mois.isdecimal():
            return redirect("admin:planning_prestation_mois", pk, int(annee), int(mois))
        aujourd_hui = timezone.localdate()
        return self.mois_view(request, pk, aujourd_hui.year, aujourd_hui.month)

    def mois_view(self, request: HttpRequest, pk: int, annee: int, mois: int) -> HttpResponse:
        if not self.peut_lire_les_effectifs(request):
            raise PermissionDenied
        if not (2000 <= annee <= 2200 and 1 <= mois <= 12):
            raise Http404
        prestation = get_object_or_404(Prestation.objects.select_related("structure"), pk=pk)
        du_mois = MoisPrestation(prestation, annee, mois, timezone.localdate())
        contexte = {
            "prestation": prestation,
            "grille": du_mois.grille,
            "jours": du_mois.jours,
            "lignes": du_mois.lignes,
            "legende": du_mois.legende,
            "sans_reservation": _dire_les_autres(du_mois.sans_reservation),
        }
        titre = f"{prestation}, {francais.mois_et_annee(du_mois.premier)}"
        return self.montrer_page(request, self.mois_template, titre, contexte, large=True)


def _dire_les_autres(nombre: int) -> str:
    if not nombre:
        return ""
    return f"{francais.pluriel(nombre, 'autre enfant inscrit n’a', 'autres enfants inscrits n’ont')} rien ce mois-ci."
