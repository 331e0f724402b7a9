"""A credit note: what the régie takes back of an invoice. Made by `facture.corriger`."""

from django.db import models
from django.db.models import Q

from facturation.immuable import AvoirPossible, Immuable, SansVidage, TientLeReste, TotalJuste
from socle.adresses.formes import adresse_de

from .operation import Operation


class Avoir(Operation):
    """A credit on an invoice, in € above zero; its lines are below zero."""

    AU_LIEU_DE_SUPPRIMER = "ce qu’il a rendu à tort se facture de nouveau, à la prochaine campagne. L’avoir reste."

    facture = models.ForeignKey("facturation.Facture", models.PROTECT, related_name="avoirs")
    campagne = models.ForeignKey(
        "facturation.CampagneDeFacturation", models.PROTECT, null=True, editable=False, related_name="avoirs"
    )
    motif = models.CharField(max_length=200)
    # Of a campaign: the month may have no invoice that remembers.
    resident = models.BooleanField("habite la commune", null=True, editable=False)

    class Meta:
        verbose_name = "avoir"
        verbose_name_plural = "avoirs"
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["famille", "date"], name="avoir_du_releve")]
        constraints = [
            models.UniqueConstraint(fields=["regie", "numero"], name="un_numero_d_avoir_par_regie"),
            models.UniqueConstraint(fields=["campagne", "facture"], name="un_avoir_par_campagne_et_facture"),
            models.CheckConstraint(condition=Q(montant__gt=0), name="avoir_positif"),
            models.CheckConstraint(condition=~Q(motif=""), name="avoir_motive"),
        ]
        triggers = [Immuable(), SansVidage(), TotalJuste(), AvoirPossible(), TientLeReste()]

    def get_absolute_url(self) -> str:
        return adresse_de("facturation:avoir_pdf", self.pk)

    @property
    def description(self) -> str:
        return f"Avoir sur {self.facture.reference}\u00a0: {self.motif}"
