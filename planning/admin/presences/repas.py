"""The pages of the meals: what the kitchen cooks each day, and the sheets that it was given."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern
from django.utils import timezone
from django.views.decorators.http import require_POST

import francais
from famille.connexion.requete import compte_de
from planning.admin.presences.effectifs import PagesDEffectifs
from planning.admin.presences.lecture import envoyer_ou_404, jour_ou_404
from planning.effectifs.papiers import imprimer_la_feuille
from planning.effectifs.periode import periodes_proposees
from planning.effectifs.repas import REGIMES, lire_les_repas
from planning.effectifs.tableurs import feuille_des_repas
from planning.models import FeuilleDeCuisine

JOUR = "<int:annee>/<int:mois>/<int:jour>"


class PagesDeRepas(PagesDEffectifs):
    """`repas/?du=…&au=…` shows; `repas/<yyyy>/<mm>/<dd>/` prints a sheet, and keeps what it says."""

    repas_template = "admin/planning/prestation/repas.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("repas/", self.repas_view, "repas"),
            self.adresse(
                "repas/<int:annee>/<int:mois>/<int:jour>/", require_POST(self.imprimer_view), "repas_imprimer"
            ),
            self.adresse("repas/feuilles/<int:pk>/", self.feuille_view, "repas_feuille"),
            self.adresse("repas/<str:forme>/", self.repas_en_tableur, "repas_tableur"),
            *super().get_urls(),
        ]

    def repas_view(self, request: HttpRequest) -> HttpResponse:
        periode = self.periode_demandee(request)
        contexte = {
            "periode": periode,
            "periodes": periodes_proposees(timezone.localdate()),
            "jours": lire_les_repas(periode.du, periode.au),
            "regimes": [regime.label for regime in REGIMES],
        }
        return self.montrer_page(request, self.repas_template, "Repas", contexte, large=True)

    def imprimer_view(self, request: HttpRequest, annee: int, mois: int, jour: int) -> HttpResponse:
        """The sheet is kept as it is told, then shown: printed again, it says the same."""
        if not self.peut_lire_les_effectifs(request):
            raise PermissionDenied
        le_jour = jour_ou_404(annee, mois, jour)
        repas = lire_les_repas(le_jour, le_jour)
        if not repas:
            messages.error(request, f"Aucun repas n’est servi le {francais.jour_et_mois(le_jour)}.")
            return redirect("admin:planning_prestation_repas")
        return redirect("admin:planning_prestation_repas_feuille", repas[0].imprimer(par=compte_de(request)).pk)

    def feuille_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.peut_lire_les_effectifs(request):
            raise PermissionDenied
        feuille = get_object_or_404(FeuilleDeCuisine.objects.select_related("par"), pk=pk)
        nom = f"repas-{feuille.jour.isoformat()}-{feuille.numero}.pdf"
        entetes = {"Content-Disposition": f'inline; filename="{nom}"'}
        return HttpResponse(imprimer_la_feuille(feuille), content_type="application/pdf", headers=entetes)

    def repas_en_tableur(self, request: HttpRequest, forme: str) -> HttpResponseBase:
        periode = self.periode_demandee(request)
        feuille = feuille_des_repas(periode.libelle, lire_les_repas(periode.du, periode.au))
        return envoyer_ou_404(feuille, forme)
