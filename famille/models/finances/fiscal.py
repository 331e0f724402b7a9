"""What the tax notice of a famille says, year by year."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

from famille.vraisemblance import annee_de_revenus, parts_fiscales


class InformationsFiscales(models.Model):
    """The reference income of one year. Past years stay: prices of then must remain explainable."""

    famille = models.ForeignKey("famille.Famille", models.CASCADE, related_name="informations_fiscales")
    annee = models.PositiveSmallIntegerField("année des revenus", validators=[annee_de_revenus])
    revenu_fiscal_reference = models.PositiveIntegerField("revenu fiscal de référence", help_text="En euros entiers.")
    parts = models.DecimalField(
        "nombre de parts", max_digits=4, decimal_places=2, validators=[MinValueValidator(1), parts_fiscales]
    )

    class Meta:
        verbose_name = "informations fiscales"
        verbose_name_plural = "informations fiscales"
        ordering = ["famille", "-annee"]
        constraints = [
            models.UniqueConstraint(fields=["famille", "annee"], name="une_declaration_par_annee"),
            models.CheckConstraint(condition=models.Q(parts__gte=Decimal(1)), name="au_moins_une_part"),
        ]

    def __str__(self) -> str:
        return f"Revenus {self.annee}"
