"""Papers on their way to a browser: one that is drawn when asked for, and an invoice as it was stored."""

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from facturation.erreurs import PasEncoreDessinee
from facturation.models import Avoir, Facture, Reglement
from facturation.papiers.correction import imprimer_avoir, preceder_d_un_avis
from facturation.papiers.recu import imprimer_recu
from famille.models import Famille
from socle.requetes.preparee import Preparee, inconnue

DOCUMENTS: Preparee[tuple] = Preparee(
    lambda: (
        Facture.objects.order_by()
        .filter(pk=inconnue("facture"))
        .values_list(
            "famille",
            "document__fichier",
            "document__empreinte",
            "regie__code",
            "numero",
            Exists(Avoir.objects.order_by().filter(facture=OuterRef("pk"))),
        )
    )
)


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


def servir_facture(request: HttpRequest, facture: int, *, de: Famille | None = None) -> HttpResponseBase:
    """The paper of that one (its key), or 304. 404 if there is none, or none `de` this famille; raises
    PasEncoreDessinee."""
    document = DOCUMENTS.premier(facture=facture)
    if document is None or (de and document[0] != de.pk):
        raise Http404
    _, fichier, empreinte, code, numero, est_corrigee = document
    if fichier is None:
        raise PasEncoreDessinee(f"{code}-{numero}")
    if est_corrigee:
        return _montrer_corrigee(Facture.objects.select_related("regie").get(pk=facture), fichier)
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
