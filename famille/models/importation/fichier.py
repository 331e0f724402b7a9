"""A file between the page that reads it and the one that imports it."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils import timezone

from socle.chiffrement import JsonChiffre


class FichierAImporter(models.Model):
    """A file that was read and is not imported yet: its cells, encrypted. It goes once imported, or the next night."""

    nom = models.CharField("nom du fichier", max_length=120, editable=False)
    # {"entetes": [titles], "lignes": [[number in the file, cells]]}
    table = JsonChiffre(editable=False)
    colonnes = models.JSONField(default=dict, editable=False)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, editable=False, related_name="+", verbose_name="reçu de"
    )
    le = models.DateTimeField("reçu le", default=timezone.now, editable=False, db_index=True)

    class Meta:
        verbose_name = "fichier à importer"
        verbose_name_plural = "fichiers à importer"
        ordering = ["-le"]
        default_permissions = ()
        permissions = [("importer_familles", "Peut importer un fichier de familles")]

    def __str__(self) -> str:
        return self.nom

    def associer(self, colonnes: Mapping[str, str]) -> None:
        """What each of its columns is, as somebody has just said."""
        self.colonnes = dict(colonnes)
        self.save(update_fields=["colonnes"])
