"""What is left to pay of an invoice, kept by PostgreSQL itself as operations come: see docs/decisions/0102."""

from django.db import models

from facturation.immuable import TenuAJour


class ResteDu(models.Model):
    """A row as long as something is left, in €. Written by the triggers of invoices, avoirs and affectations alone."""

    AU_LIEU_DE_SUPPRIMER = "corrigez la facture par un avoir, ou enregistrez son règlement\u00a0: le reste suit."

    facture = models.OneToOneField(
        "facturation.Facture", models.CASCADE, primary_key=True, related_name="reste_tenu", editable=False
    )
    reste = models.DecimalField(max_digits=10, decimal_places=2, editable=False)

    class Meta:
        verbose_name = "reste dû"
        verbose_name_plural = "restes dus"
        ordering = ["facture"]
        default_permissions = ()
        triggers = [TenuAJour()]

    def __str__(self) -> str:
        return f"{self.facture}\u00a0: {self.reste}"
