"""The receipt of a payment: drawn when asked for, from what never changes."""

from decimal import Decimal

from facturation.models import Facture, Reglement
from facturation.papiers.facture import signature
from socle.impression import Feuille, Papier, imprimer


def imprimer_recu(reglement: Reglement) -> bytes:
    """The PDF. The payment is read from `Reglement.objects.recevables()`."""
    titulaire = reglement.famille.titulaire
    payees = _payees(reglement)
    contexte = {
        "reglement": reglement,
        "regie": reglement.regie,
        "recu_de": titulaire.nom_complet if titulaire else f"la famille {reglement.famille.numero}",
        "payees": payees,
        "credit": reglement.montant - sum(montant for _, montant in payees),
    }
    papier = Papier("pdf/recu.html", contexte, f"Reçu {reglement.reference}", auteur=signature(reglement.regie))
    return imprimer(papier, Feuille.OPERATIONS)


def _payees(reglement: Reglement) -> list[tuple[Facture, Decimal]]:
    """What the payment pays now, in €: what an avoir gave back pays other invoices, or waits on the account."""
    nets: dict[Facture, Decimal] = {}
    for affectation in reglement.affectations.all():
        nets[affectation.facture] = nets.get(affectation.facture, Decimal(0)) + affectation.montant
    return [(facture, net) for facture, net in nets.items() if net > 0]
