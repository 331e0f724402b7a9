"""A vaccine that a child has received, encrypted as the rest of its health record."""

from django.db import models

from famille.vraisemblance import deja_fait
from socle.chiffrement import DateChiffree, TexteChiffre

from .fiche import FicheSanitaire


class Vaccination(models.Model):
    """A vaccine received: which, and when last."""

    fiche = models.ForeignKey(FicheSanitaire, models.CASCADE, related_name="vaccinations")
    vaccin = TexteChiffre()
    date = DateChiffree("dernier rappel", blank=True, validators=[deja_fait])

    class Meta:
        verbose_name = "vaccination"
        verbose_name_plural = "vaccinations"
        ordering = ["fiche", "pk"]

    def __str__(self) -> str:
        return f"Vaccination n° {self.pk}"
