"""A document that a prestation wants of who comes to it. A kind without any is wanted for all of them."""

from django.db import models


class PieceExigee(models.Model):
    """Of that kind, for that prestation."""

    piece = models.ForeignKey(
        "famille.PieceDemandee", models.CASCADE, related_name="exigences", verbose_name="pièce demandée"
    )
    prestation = models.ForeignKey("planning.Prestation", models.CASCADE, related_name="pieces_exigees")

    class Meta:
        verbose_name = "prestation qui la demande"
        verbose_name_plural = "prestations qui la demandent (aucune\u00a0: toutes)"
        ordering = ["piece", "prestation"]
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "prestation"],
                name="une_exigence_par_prestation",
                violation_error_message="Cette prestation la demande déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece}, {self.prestation}"
