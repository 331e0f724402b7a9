"""What invoices, payments and avoirs have in common: a number in their régie's sequence, a date, an amount."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Operation(models.Model):
    """One line of the account. Written once, never changed: see facturation.immuable."""

    regie = models.ForeignKey("facturation.Regie", models.PROTECT, related_name="%(class)ss", verbose_name="régie")
    numero = models.PositiveIntegerField("numéro")
    famille = models.ForeignKey("famille.Famille", models.PROTECT, related_name="%(class)ss")
    date = models.DateField()
    montant = models.DecimalField(max_digits=10, decimal_places=2, help_text="En euros.")
    creee_le = models.DateTimeField("créée le", default=timezone.now, editable=False)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="par"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """« AL-36 »."""
        return f"{self.regie.code}-{self.numero}"

    @property
    def description(self) -> str:
        """What the statement says of it."""
        raise NotImplementedError
