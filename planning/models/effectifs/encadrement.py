"""Since when a structure looks after children under a PEDT, or at rates of its own."""

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from francais import date_courte
from planning.regles.encadrement.taux import Taux, taux_legal
from planning.regles.jours import Periode


class Encadrement(models.Model):
    """From `du` on, until the next one of that structure: what is past is judged by what held then."""

    structure = models.ForeignKey("planning.Structure", models.CASCADE, related_name="encadrements")
    du = models.DateField("à partir du")
    pedt = models.BooleanField(
        "PEDT", default=False, help_text="Projet éducatif territorial\u00a0: les taux périscolaires assouplis."
    )
    petits = models.PositiveSmallIntegerField(
        "moins de 6 ans par animateur", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    grands = models.PositiveSmallIntegerField(
        "6 ans et plus par animateur", null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = "taux d’encadrement"
        verbose_name_plural = "taux d’encadrement (vide\u00a0: ceux de la loi)"
        ordering = ["structure", "-du"]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "du"],
                name="un_encadrement_par_jour",
                violation_error_message="Ce jour a déjà son taux d’encadrement.",
            ),
            models.CheckConstraint(
                condition=(Q(petits__isnull=True) | Q(petits__gte=1)) & (Q(grands__isnull=True) | Q(grands__gte=1)),
                name="encadrement_d_un_enfant_au_moins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure}, à partir du {date_courte(self.du)}"

    def taux(self, jour: date, periode: Periode, minutes: int) -> Taux:
        """That of the law, but where the centre says its own."""
        legal = taux_legal(jour, periode, minutes, pedt=self.pedt)
        return Taux(self.petits or legal.petits, self.grands or legal.grands)
