"""A service at a place: « Accueil de Loisirs », « Garderie périscolaire »."""

from datetime import date

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from socle.recherche import au_dictionnaire

CE_QUI_CESSE = (
    "À partir de ce jour, on ne réserve plus rien, les jours réguliers cessent, et rien n’est facturé. "
    "Ce qui précède reste. Vide\u00a0: sans fin."
)


def actives(jour: date) -> Q:
    return Q(inactive_depuis__isnull=True) | Q(inactive_depuis__gt=jour)


class StructureQuerySet(models.QuerySet["Structure"]):
    def actives(self, jour: date | None = None) -> "StructureQuerySet":
        """Those where one may book on that day, today if none is given."""
        return self.filter(actives(jour or timezone.localdate()))


class Structure(models.Model):
    """A service at a place. It has its own closures."""

    AU_LIEU_DE_SUPPRIMER = "écrivez depuis quand elle est inactive\u00a0: l’histoire de ses prestations reste."

    nom = models.CharField(max_length=100, unique=True)
    ordre = models.PositiveSmallIntegerField(default=0, help_text="Les plus petits d’abord, dans le planning.")
    inactive_depuis = models.DateField("inactive à partir du", null=True, blank=True, help_text=CE_QUI_CESSE)

    objects = StructureQuerySet.as_manager()

    class Meta:
        verbose_name = "structure"
        verbose_name_plural = "structures"
        ordering = ["ordre", *au_dictionnaire("nom")]

    def __str__(self) -> str:
        return self.nom

    @transaction.atomic
    def save(self, *args: object, **options: object) -> None:
        """Its prestations end with it, unless they end before; those that it had ended follow its new date."""
        avant = Structure.objects.filter(pk=self.pk).values_list("inactive_depuis", flat=True).first()
        super().save(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on
        if avant != self.inactive_depuis:
            suivent = self.prestations.filter(inactive_depuis=avant) if avant else self.prestations.none()
            suivent.update(inactive_depuis=self.inactive_depuis)
            if self.inactive_depuis:
                restent = self.prestations.filter(actives(self.inactive_depuis))
                restent.update(inactive_depuis=self.inactive_depuis)
