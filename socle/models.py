"""What the base of the portal remembers by itself."""

from django.db import models


class DroitAccorde(models.Model):
    """A right that a table has given to a group, once: withdrawn since by the town, it is not given again."""

    groupe = models.CharField(max_length=150)
    permission = models.CharField(max_length=150)

    class Meta:
        verbose_name = "droit accordé"
        verbose_name_plural = "droits accordés"
        ordering = ["groupe", "permission"]
        constraints = [models.UniqueConstraint(fields=["groupe", "permission"], name="un_droit_accorde_une_fois")]
        # Kept by us, never written by hand.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.groupe}\u00a0: {self.permission}"
