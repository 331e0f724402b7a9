"""The receipt of a payment: drawn when asked for, from what never changes."""

from decimal import Decimal

from django.http import HttpResponse
from django.template.loader import render_to_string
from weasyprint import HTML

from facturation.models import Facture, Reglement
from facturation.papiers.facture import entete, feuille, polices


def recu(reglement: Reglement) -> HttpResponse:
    """As a PDF, tagged for screen readers. The payment is read from `Reglement.objects.recevables()`."""
    reponse = HttpResponse(imprimer_recu(reglement), content_type="application/pdf")
    reponse["Content-Disposition"] = f'inline; filename="recu-{reglement.reference}.pdf"'
    return reponse


def imprimer_recu(reglement: Reglement) -> bytes:
    titulaire = reglement.famille.titulaire
    payees = _payees(reglement)
    contexte = {
        "reglement": reglement,
        "regie": reglement.regie,
        "recu_de": titulaire.nom_complet if titulaire else f"la famille {reglement.famille.numero}",
        "payees": payees,
        "credit": reglement.montant - sum(montant for _, montant in payees),
        **entete(),
    }
    html = HTML(string=render_to_string("pdf/recu.html", contexte))
    return html.write_pdf(stylesheets=[feuille()], font_config=polices(), pdf_variant="pdf/ua-1")


def _payees(reglement: Reglement) -> list[tuple[Facture, Decimal]]:
    """What the payment pays now, in €: what an avoir gave back pays other invoices, or waits on the account."""
    nets: dict[Facture, Decimal] = {}
    for affectation in reglement.affectations.all():
        nets[affectation.facture] = nets.get(affectation.facture, Decimal(0)) + affectation.montant
    return [(facture, net) for facture, net in nets.items() if net > 0]
