"""Papers on their way to a browser: one that is drawn when asked for, and an invoice as it was stored."""

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from facturation.erreurs import PasEncoreDessinee
from facturation.models import Avoir, Facture, Reglement
from facturation.models.facture import FactureQuerySet
from facturation.papiers.correction import imprimer_avoir, preceder_d_un_avis
from facturation.papiers.recu import imprimer_recu


def montrer(pdf: bytes, nom: str) -> HttpResponse:
    """A PDF to read at once, and its name for whoever keeps it."""
    reponse = HttpResponse(pdf, content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="{nom}.pdf"'
    return reponse


def montrer_recu(reglement: Reglement) -> HttpResponse:
    """Its receipt, drawn now. The payment is read from `Reglement.objects.recevables()`."""
    return montrer(imprimer_recu(reglement), f"recu-{reglement.reference}")


def montrer_avoir(avoir: Avoir) -> HttpResponse:
    """An avoir, drawn now."""
    return montrer(imprimer_avoir(avoir), f"avoir-{avoir.reference}")


def servir_facture(request: HttpRequest, factures: FactureQuerySet) -> HttpResponseBase:
    """The paper of the only one of them, or 304. 404 if there is none; raises PasEncoreDessinee."""
    corrigees = Exists(Avoir.objects.order_by().filter(facture=OuterRef("pk")))
    document = factures.values_list(
        "document__fichier", "document__empreinte", "regie__code", "numero", corrigees
    ).first()
    if document is None:
        raise Http404
    fichier, empreinte, code, numero, est_corrigee = document
    if fichier is None:
        raise PasEncoreDessinee(f"{code}-{numero}")
    if est_corrigee:
        return _montrer_corrigee(factures.select_related("regie").get(), fichier)
    etag = f'"{empreinte}"'
    reponse = get_conditional_response(request, etag=etag) or FileResponse(
        default_storage.open(fichier), filename=f"facture-{code}-{numero}.pdf", content_type="application/pdf"
    )
    # The library's computer must not show it to the next one, once its reader has signed out.
    reponse["Cache-Control"] = "private, no-store"
    reponse["ETag"] = etag
    return reponse


def _montrer_corrigee(facture: Facture, fichier: str) -> HttpResponse:
    """As it was sent, behind the page that says what has become of it: no cache keeps that, it may change tomorrow."""
    with default_storage.open(fichier) as original:
        reponse = montrer(preceder_d_un_avis(facture, original.read()), f"facture-{facture.reference}")
    reponse["Cache-Control"] = "private, no-store"
    return reponse
