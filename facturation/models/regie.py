"""The public till that issues invoices and receives money: « Régie garderie ALSH », code AL."""

from datetime import date, datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, FilteredRelation


class RegieQuerySet(models.QuerySet["Regie"]):
    def avec_campagne(self, du: date, au: date) -> "RegieQuerySet":
        """Only those that bill a structure. Annotates `campagne` (its key) and how far it has come:
        `campagne_date`, `campagne_emise_le`; None where no campaign covers a part of that time."""
        en_cours = models.Q(campagnes__du__lte=au, campagnes__au__gte=du)
        return (
            self.filter(structureenregie__isnull=False)
            .annotate(
                de_la_periode=FilteredRelation("campagnes", condition=en_cours),
                campagne=F("de_la_periode__pk"),
                campagne_date=F("de_la_periode__date"),
                campagne_emise_le=F("de_la_periode__emise_le"),
            )
            .distinct()
        )


class Regie(models.Model):
    """A till, with what its invoices must say."""

    AU_LIEU_DE_SUPPRIMER = "confiez ses structures à une autre régie. Ce qu’elle a facturé reste sous son code."

    code = models.CharField(
        max_length=4, unique=True, validators=[RegexValidator(r"^[A-Z]{2,4}$", "De deux à quatre majuscules.")]
    )
    nom = models.CharField(max_length=100)
    siret = models.CharField(
        "SIRET", max_length=14, blank=True, validators=[RegexValidator(r"^\d{14}$", "Un SIRET compte 14 chiffres.")]
    )
    numcli = models.CharField(
        "numéro de client TIPI",
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{6}$", "Un numéro de client TIPI compte 6 chiffres.")],
        help_text="6 chiffres, donnés par la DGFiP. Vide\u00a0: pas de paiement en ligne.",
    )
    structures = models.ManyToManyField("planning.Structure", through="StructureEnRegie", related_name="regies")
    delai_paiement_jours = models.PositiveSmallIntegerField("délai de paiement", default=30, help_text="En jours.")
    ordre_cheque = models.CharField("ordre des chèques", max_length=100, default="Trésor public")
    moyens_de_paiement = models.TextField(
        "moyens de paiement",
        default="En ligne par carte bancaire, sur le portail famille.\n"
        "Par chèque, en espèces, par CESU ou chèques-vacances à l’accueil du centre.",
        help_text="Un par ligne.",
    )
    contestation = models.TextField(
        default="Une erreur\u00a0? Signalez-la à l’accueil du centre\u00a0: elle est corrigée sur la facture "
        "suivante ou par un avoir. Vous pouvez contester cette facture devant le tribunal judiciaire ou le tribunal "
        "administratif compétent, dans les deux mois qui suivent sa réception (article L. 1617-5 du code général des "
        "collectivités territoriales).",
        help_text="Où et jusqu’à quand contester.",
    )

    # Annotated by `avec_campagne`.
    campagne: int | None
    campagne_date: date | None
    campagne_emise_le: datetime | None

    objects = RegieQuerySet.as_manager()

    class Meta:
        verbose_name = "régie"
        verbose_name_plural = "régies"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(code__regex=r"^[A-Z]{2,4}$"), name="regie_code_en_majuscules"),
            models.CheckConstraint(condition=models.Q(numcli__regex=r"^([0-9]{6})?$"), name="regie_numcli_de_tipi"),
        ]

    def __str__(self) -> str:
        return f"{self.nom} ({self.code})"


class StructureEnRegie(models.Model):
    """Which régie bills a structure: one only."""

    regie = models.ForeignKey(Regie, models.CASCADE, verbose_name="régie")
    structure = models.OneToOneField("planning.Structure", models.CASCADE, related_name="en_regie")

    class Meta:
        verbose_name = "structure de la régie"
        verbose_name_plural = "structures de la régie"
        ordering = ["regie", "structure"]

    def __str__(self) -> str:
        return f"{self.structure} → {self.regie.code}"
