"""Which invoice a payment pays, and how much of it. Rows are only added: what is undone is a row below zero."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from facturation.immuable import AffectationJuste, Immuable, SansVidage, TientLeReste


class Affectation(models.Model):
    """A part of a payment, on an invoice of the same famille and régie."""

    reglement = models.ForeignKey(
        "facturation.Reglement", models.PROTECT, related_name="affectations", verbose_name="règlement"
    )
    facture = models.ForeignKey("facturation.Facture", models.PROTECT, related_name="affectations")
    montant = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = "affectation"
        verbose_name_plural = "affectations"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(montant=Decimal(0)), name="affectation_non_nulle"),
        ]
        triggers = [Immuable(), SansVidage(), AffectationJuste(), TientLeReste()]

    def __str__(self) -> str:
        return f"{self.reglement} → {self.facture}\u00a0: {self.montant}"
