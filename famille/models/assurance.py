"""The insurance that a child must have to be looked after."""

from datetime import date

from django.db import models


class Assurance(models.Model):
    """Civil liability and accident cover of a child, with its end."""

    enfant = models.OneToOneField("famille.Enfant", models.CASCADE, related_name="assurance")
    compagnie = models.CharField(max_length=100)
    numero_contrat = models.CharField("numéro de contrat", max_length=50, blank=True)
    expire_le = models.DateField("expire le")

    class Meta:
        verbose_name = "assurance"
        verbose_name_plural = "assurances"
        ordering = ["enfant"]

    def __str__(self) -> str:
        return f"{self.compagnie} {self.numero_contrat}".strip()

    def est_expiree_au(self, jour: date) -> bool:
        return self.expire_le < jour
