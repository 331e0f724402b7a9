"""The PDF of an invoice, as it was sent: rendered once, kept with its hash, served as it is for ever."""

from django.db import models
from django.utils import timezone

from facturation.immuable import Immuable, SansVidage


class DocumentFacture(models.Model):
    """The file of an invoice."""

    facture = models.OneToOneField("facturation.Facture", models.PROTECT, related_name="document")
    fichier = models.FileField(max_length=200)
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "PDF de facture"
        verbose_name_plural = "PDF de factures"
        ordering = ["facture"]
        triggers = [Immuable(), SansVidage()]

    def __str__(self) -> str:
        return str(self.fichier)
