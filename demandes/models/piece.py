"""A supporting document of a request."""

from django.db import models
from django.urls import reverse

from socle.fichiers.pieces import PieceConfidentielle


class Piece(PieceConfidentielle):
    """A file that a parent joined to a request."""

    demande = models.ForeignKey("demandes.Demande", models.CASCADE, related_name="pieces")

    class Meta(PieceConfidentielle.Meta):
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"

    def get_absolute_url(self) -> str:
        return reverse("demandes:piece", args=[self.demande_id, self.pk])
