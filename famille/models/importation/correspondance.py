"""How another software names the columns of its files."""

from django.db import models


class CorrespondanceDeColonnes(models.Model):
    """How another software names the columns: kept, so that its next file is understood at once."""

    nom = models.CharField(max_length=100, unique=True)
    # {title in the file: code of a column}; an empty code is a column that is left out.
    colonnes = models.JSONField(default=dict)

    class Meta:
        verbose_name = "correspondance de colonnes"
        verbose_name_plural = "correspondances de colonnes"
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom
