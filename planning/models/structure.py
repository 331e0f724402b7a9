"""A service at a place: « Accueil de Loisirs », « Garderie périscolaire »."""

from django.db import models

from socle.recherche import au_dictionnaire


class Structure(models.Model):
    """A service at a place. It has its own closures."""

    AU_LIEU_DE_SUPPRIMER = "décochez «\u00a0active\u00a0»\u00a0: l’histoire de ses prestations reste."

    nom = models.CharField(max_length=100, unique=True)
    ordre = models.PositiveSmallIntegerField(default=0, help_text="Les plus petits d’abord, dans le planning.")
    active = models.BooleanField(default=True, help_text="Décochez plutôt que de supprimer.")

    class Meta:
        verbose_name = "structure"
        verbose_name_plural = "structures"
        ordering = ["ordre", *au_dictionnaire("nom")]

    def __str__(self) -> str:
        return self.nom
