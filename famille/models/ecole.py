"""The schools of the town."""

from django.db import models

from socle.recherche import au_dictionnaire


class Ecole(models.Model):
    """A school that children of the town attend."""

    AU_LIEU_DE_SUPPRIMER = "changez d’abord l’école des enfants qui y sont, ou corrigez son nom."

    nom = models.CharField(max_length=100, unique=True)
    ville = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = "école"
        verbose_name_plural = "écoles"
        ordering = au_dictionnaire("nom")

    def __str__(self) -> str:
        return self.nom
