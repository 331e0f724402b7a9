"""The reasons that agents give again and again."""

from django.db import models

from socle.recherche import au_dictionnaire


class MotifUsuel(models.Model):
    """A ready sentence for a refusal. Agents edit them; refusals keep their own copy."""

    texte = models.CharField(max_length=300, unique=True)

    class Meta:
        verbose_name = "motif usuel de refus"
        verbose_name_plural = "motifs usuels de refus"
        ordering = au_dictionnaire("texte")

    def __str__(self) -> str:
        return self.texte
