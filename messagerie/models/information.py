"""What the centre announces on « Infos/Documents »."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.safestring import SafeString

from famille.models import Famille
from messagerie.infos.texte_riche import en_html
from planning.models import Inscription, Structure

Parue = TypeVar("Parue", bound="Parution")


class ParutionQuerySet(models.QuerySet[Parue]):
    """What is published from one day to another, both included."""

    def en_cours(self, au: date) -> Self:
        return self.filter(Q(jusqu_au=None) | Q(jusqu_au__gte=au), publiee_le__lte=au)

    def archivees(self, au: date) -> Self:
        return self.filter(jusqu_au__lt=au)


class Parution(models.Model):
    """Something that the centre shows to all parents for a time, then archives."""

    publiee_le = models.DateField("visible à partir du", default=timezone.localdate)
    jusqu_au = models.DateField("visible jusqu’au", null=True, blank=True, help_text="Ensuite dans les archives.")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(jusqu_au=None) | Q(jusqu_au__gte=F("publiee_le")),
                name="%(class)s_visible_dans_l_ordre",
                violation_error_message="La fin ne peut pas précéder le début.",
            )
        ]


class InformationQuerySet(ParutionQuerySet["Information"]):
    def pour(self, famille: Famille, au: date) -> "InformationQuerySet":
        """Those for all, and those of the structures where a child of the famille is inscrit on that day."""
        inscriptions = Inscription.objects.en_vigueur(au).filter(famille=famille)
        siennes = Structure.objects.filter(prestations__inscriptions__in=inscriptions)
        return self.filter(Q(structures=None) | Q(structures__in=siennes)).distinct()


class Information(Parution):
    """A dated announcement, in rich but safe text."""

    titre = models.CharField(max_length=150)
    texte = models.TextField(
        help_text="Une ligne vide sépare deux paragraphes. **gras**, *italique*, "
        "«\u00a0-\u00a0» devant chaque ligne d’une liste, [texte du lien](https://exemple.fr)."
    )
    epinglee = models.BooleanField("épinglée", default=False, help_text="Toujours en tête de liste.")
    structures = models.ManyToManyField(
        Structure,
        blank=True,
        related_name="+",
        verbose_name="pour les structures",
        help_text="Aucune\u00a0: pour tous.",
    )

    objects = InformationQuerySet.as_manager()

    class Meta(Parution.Meta):
        verbose_name = "information"
        verbose_name_plural = "informations"
        ordering = ["-epinglee", "-publiee_le", "-pk"]

    def __str__(self) -> str:
        return self.titre

    @property
    def html(self) -> SafeString:
        return en_html(self.texte)
