"""The famille and its caisse: allocataire number, and the quotient familial with its history."""

from django.db import models

from famille.vraisemblance import date_d_un_quotient, numero_d_allocataire


class InformationsCaf(models.Model):
    """How the caisse knows the famille."""

    class Regime(models.TextChoices):
        GENERAL = "general", "Régime général (CAF)"
        AGRICOLE = "agricole", "Régime agricole (MSA)"
        AUTRE = "autre", "Autre régime"

    famille = models.OneToOneField("famille.Famille", models.CASCADE, related_name="informations_caf")
    numero_allocataire = models.CharField(
        "N° allocataire", max_length=15, blank=True, validators=[numero_d_allocataire]
    )
    regime = models.CharField("régime", max_length=10, choices=Regime, blank=True)

    class Meta:
        verbose_name = "informations CAF"
        verbose_name_plural = "informations CAF"
        ordering = ["famille"]

    def __str__(self) -> str:
        return self.numero_allocataire or "—"


class QuotientFamilial(models.Model):
    """A QF, from its date of effect until the next one. Decides the price bracket of each day."""

    famille = models.ForeignKey("famille.Famille", models.CASCADE, related_name="quotients")
    valeur = models.PositiveIntegerField("quotient familial", help_text="En euros, comme sur l’attestation.")
    date_effet = models.DateField("date d’effet", validators=[date_d_un_quotient])

    class Meta:
        verbose_name = "quotient familial"
        verbose_name_plural = "quotients familiaux"
        ordering = ["famille", "-date_effet"]
        constraints = [
            models.UniqueConstraint(
                fields=["famille", "date_effet"],
                name="un_qf_par_date_effet",
                violation_error_message="Un quotient familial prend déjà effet à cette date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valeur}"
