"""The papers that a parent reads: invoices as they were issued, receipts."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views import View

from facturation.erreurs import PasEncoreDessinee
from facturation.papiers.telechargement import montrer_avoir, montrer_recu, servir_facture
from famille.connexion.requete import FamilleRequise, RequeteDeFamille


class FacturePdf(FamilleRequise, View):
    """The invoice as it was issued, from storage: nothing is rendered here."""

    def get(self, request: RequeteDeFamille, pk: int) -> HttpResponseBase:
        try:
            return servir_facture(request, pk, de=request.famille)
        except PasEncoreDessinee as attente:
            messages.info(request, str(attente))
            return redirect("facturation:releve")


class AvoirPdf(FamilleRequise, View):
    """What was taken back of an invoice: lines and days."""

    def get(self, request: RequeteDeFamille, pk: int) -> HttpResponse:
        return montrer_avoir(get_object_or_404(request.famille.avoirs.select_related("regie", "facture__regie"), pk=pk))


class Recu(FamilleRequise, View):
    """The receipt of a payment. 404 once it is cancelled."""

    def get(self, request: RequeteDeFamille, pk: int) -> HttpResponse:
        return montrer_recu(get_object_or_404(request.famille.reglements.recevables(), pk=pk))
