"""The receipt of a payment: drawn when asked for, from what never changes."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from weasyprint import HTML

from facturation.factures_pdf import entete, feuille, polices
from facturation.models import Reglement


def recu(reglement: Reglement) -> HttpResponse:
    """As a PDF, tagged for screen readers. The payment is read from `Reglement.objects.recevables()`."""
    reponse = HttpResponse(imprimer_recu(reglement), content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="recu-{reglement.reference}.pdf"'
    return reponse


def imprimer_recu(reglement: Reglement) -> bytes:
    titulaire = reglement.famille.titulaire
    contexte = {
        "reglement": reglement,
        "regie": reglement.regie,
        "recu_de": titulaire.nom_complet if titulaire else f"la famille {reglement.famille.numero}",
        "affectations": [a for a in reglement.affectations.all() if a.montant > 0],
        **entete(),
    }
    html = HTML(string=render_to_string("pdf/recu.html", contexte))
    return html.write_pdf(stylesheets=[feuille()], font_config=polices(), pdf_variant="pdf/ua-1")
