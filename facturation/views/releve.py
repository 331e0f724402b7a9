"""« Relevé de compte », and the papers that one reads from there."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views import View
from django.views.generic import TemplateView

from facturation.compte.annee_scolaire import AnneeScolaire
from facturation.compte.releve import ReleveDeCompte
from facturation.models.facture import FactureQuerySet
from facturation.papiers.recu import recu
from facturation.papiers.releve import en_csv, en_pdf
from famille.acces import FamilleRequise


def releve_demande(request: HttpRequest) -> ReleveDeCompte:
    """The statement of `?annee=2014-2015`, of this school year without it. 404 for what is no school year."""
    aujourd_hui = timezone.localdate()
    texte = request.GET.get("annee", "")
    annee = AnneeScolaire.lire(texte) if texte else AnneeScolaire.de(aujourd_hui)
    if annee is None:
        raise Http404
    return ReleveDeCompte(request.famille, annee, au=aujourd_hui).lire()


class Releve(FamilleRequise, TemplateView):
    """« Relevé de compte »."""

    template_name = "facturation/releve.html"

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs, releve=releve_demande(self.request))


class ReleveCsv(FamilleRequise, View):
    def get(self, request: HttpRequest) -> HttpResponse:
        releve = releve_demande(request)
        reponse = HttpResponse(en_csv(releve), content_type="text/csv; charset=utf-8")
        reponse["Content-Disposition"] = f'attachment; filename="releve-{releve.annee}.csv"'
        return reponse


class RelevePdf(FamilleRequise, View):
    def get(self, request: HttpRequest) -> HttpResponse:
        releve = releve_demande(request)
        reponse = HttpResponse(en_pdf(releve, le=timezone.localdate()), content_type="application/pdf")
        reponse["Content-Disposition"] = f'inline; filename="releve-{releve.annee}.pdf"'
        return reponse


class FacturePdf(FamilleRequise, View):
    """The invoice as it was issued, from storage: nothing is rendered here."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        return servir(request, request.famille.factures.filter(pk=pk))


class Recu(FamilleRequise, View):
    """The receipt of a payment. 404 once it is cancelled."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return recu(get_object_or_404(request.famille.reglements.recevables(), pk=pk))


def servir(request: HttpRequest, factures: FactureQuerySet) -> HttpResponseBase:
    """The paper of the only one of them, or 304. 404 if there is none, or as long as the queue has not drawn it."""
    document = factures.values_list("document__fichier", "document__empreinte", "regie__code", "numero").first()
    if document is None or document[0] is None:
        raise Http404
    fichier, empreinte, code, numero = document
    etag = f'"{empreinte}"'
    reponse = get_conditional_response(request, etag=etag) or FileResponse(
        default_storage.open(fichier), filename=f"facture-{code}-{numero}.pdf", content_type="application/pdf"
    )
    # Nobody else's cache keeps it; one's own browser may, for what never changes.
    reponse["Cache-Control"] = "private, max-age=3600"
    reponse["ETag"] = etag
    return reponse
