"""A document of « Formulaires », for all parents to download."""

from django.db import models

from socle.adresses.formes import adresse_de
from socle.fichiers.pieces import PieceJointe

from .information import Parution, ParutionQuerySet

TAILLE_MAX = 20 * 1024 * 1024  # bytes: a season's programme has pictures


class Document(Parution, PieceJointe):
    """A menu, a programme, a form. Its file is examined as an attachment is."""

    class Categorie(models.TextChoices):
        MENUS = "menus", "Menus"
        PROGRAMMES = "programmes", "Programmes d’activités"
        NAP = "nap", "NAP"
        REGLEMENTS = "reglements", "Règlements"
        FORMULAIRES = "formulaires", "Formulaires"

    titre = models.CharField(max_length=150)
    categorie = models.CharField("catégorie", max_length=20, choices=Categorie)

    objects = ParutionQuerySet.as_manager()

    class Meta(Parution.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
        ordering = ["categorie", "-publiee_le", "-pk"]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return adresse_de("messagerie:document", self.pk)
