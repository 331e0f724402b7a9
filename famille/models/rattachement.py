"""What ties a child to a famille."""

from django.db import models


class Rattachement(models.Model):
    """A child of a famille. Two rows for a garde alternée: two familles, two sets of bookings, two bills."""

    famille = models.ForeignKey("famille.Famille", models.CASCADE, related_name="rattachements")
    enfant = models.ForeignKey("famille.Enfant", models.CASCADE, related_name="rattachements")

    class Meta:
        verbose_name = "rattachement"
        verbose_name_plural = "rattachements"
        ordering = ["famille", "enfant"]
        constraints = [models.UniqueConstraint(fields=["famille", "enfant"], name="un_rattachement_par_famille")]

    def __str__(self) -> str:
        return f"{self.enfant} → {self.famille.numero}"
