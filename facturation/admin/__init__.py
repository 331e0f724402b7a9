"""The régie's pages. What was issued is only read there; each change is one of the domain's verbs."""

from facturation.admin.en_ligne import notification, paiement_en_ligne

from . import avoir, campagne, facture, foyer, regie, reglement, tarif

__all__ = [
    "avoir",
    "campagne",
    "facture",
    "foyer",
    "notification",
    "paiement_en_ligne",
    "regie",
    "reglement",
    "tarif",
]
