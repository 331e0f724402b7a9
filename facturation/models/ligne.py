"""A line of an invoice or of an avoir: a child, a prestation, days, a quantity, a price, and why."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from facturation.immuable import Immuable, SansVidage, TotalJuste
from facturation.prix.grille import Nature, Unite, en_unites, quantite_dite
from famille.models import Enfant


class LigneQuerySet(models.QuerySet["Ligne"]):
    def d_un_enfant(self, *enfants: int) -> "LigneQuerySet":
        """Those that name those children, or a record that was merged into theirs."""
        fiches = Enfant.objects.order_by().filter(Q(pk__in=enfants) | Q(fondu_dans__in=enfants))
        return self.filter(enfant__in=fiches.values("pk"))


class Ligne(models.Model):
    """A line. Its amount is what the famille owes: negative on an avoir, or where it takes back what was billed."""

    facture = models.ForeignKey("facturation.Facture", models.PROTECT, null=True, related_name="lignes")
    avoir = models.ForeignKey("facturation.Avoir", models.PROTECT, null=True, related_name="lignes")
    # Both None: a free line (a damage, a gesture), that only its words describe.
    enfant = models.ForeignKey("famille.Enfant", models.PROTECT, null=True, related_name="+")
    prestation = models.ForeignKey("planning.Prestation", models.PROTECT, null=True, related_name="+")
    nature = models.CharField(max_length=16, choices=Nature, blank=True)
    est_regularisation = models.BooleanField("régularisation", default=False)
    # The words of the day of issue: a child or a prestation may change its name.
    enfant_nom = models.CharField("enfant", max_length=200, blank=True)
    libelle = models.CharField("libellé", max_length=200)
    explication = models.CharField(max_length=200, blank=True)
    jours = ArrayField(models.DateField(), default=list)
    quantites = ArrayField(models.DecimalField(max_digits=6, decimal_places=2), verbose_name="quantités", default=list)
    # By the hour, the truth: hundredths cannot say twenty minutes. None on lines issued before they were counted.
    minutes = ArrayField(models.SmallIntegerField(), null=True, editable=False)
    quantite = models.DecimalField("quantité", max_digits=8, decimal_places=2)
    unite = models.CharField("unité", max_length=12, choices=Unite, blank=True)
    prix_unitaire = models.DecimalField("prix unitaire", max_digits=10, decimal_places=2)
    montant = models.DecimalField(max_digits=10, decimal_places=2)

    objects = LigneQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne"
        verbose_name_plural = "lignes"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(facture__isnull=False, avoir__isnull=True) | Q(facture__isnull=True, avoir__isnull=False),
                name="ligne_d_une_facture_ou_d_un_avoir",
            ),
            models.CheckConstraint(
                condition=Q(jours__len=models.F("quantites__len")), name="ligne_une_quantite_par_jour"
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(jours__len=models.F("minutes__len"), unite=Unite.HEURE),
                name="ligne_des_minutes_par_jour",
            ),
        ]
        triggers = [Immuable(), SansVidage(), TotalJuste()]

    def __str__(self) -> str:
        return self.libelle

    def inverse(self) -> "Ligne":
        """The same line below zero, not saved."""
        copie = ("enfant_id", "prestation_id", "nature", "enfant_nom", "libelle", "explication", "jours", "unite")
        inverse = Ligne(**{champ: getattr(self, champ) for champ in copie}, est_regularisation=True)
        inverse.quantites = [-quantite for quantite in self.quantites]
        inverse.minutes = None if self.minutes is None else [-minutes for minutes in self.minutes]
        inverse.quantite, inverse.prix_unitaire, inverse.montant = -self.quantite, self.prix_unitaire, -self.montant
        return inverse

    @property
    def quantite_dite(self) -> str:
        """« 8 journées », « 12 h 30 »; nothing for a free line."""
        quantite = self.quantite if self.minutes is None else en_unites(Decimal(sum(self.minutes)), self.unite)
        return quantite_dite(quantite, self.unite) if self.unite else ""
