"""The billing of a régie for a period: one row, on which its issue is resumed and never done twice."""

import datetime
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from facturation.immuable import ReglesGardees
from famille.models import Compte
from francais import date_courte, mois_et_annee
from planning.regles.jours import bornes_du_mois
from socle.periodes import DANS_L_ORDRE, refuser_le_desordre, sans_chevauchement

UN_AN = timedelta(days=366)


class CampagneDeFacturation(models.Model):
    """A period of a régie. Its invoices exist as soon as issued; `emise_le` says that none is missing any more."""

    AU_LIEU_DE_SUPPRIMER = "laissez-la finir. Une facture fausse se corrige par un avoir, depuis sa page."

    regie = models.ForeignKey("facturation.Regie", models.PROTECT, related_name="campagnes", verbose_name="régie")
    du = models.DateField("du")
    au = models.DateField("au")
    date = models.DateField("date des factures", null=True, editable=False)
    creee_le = models.DateTimeField("créée le", default=timezone.now, editable=False)
    familles_a_traiter = models.PositiveIntegerField("familles à traiter", null=True, editable=False)
    familles_traitees = models.PositiveIntegerField("familles traitées", default=0, editable=False)
    # Where a stopped issue resumes: every famille up to this one has been dealt with.
    derniere_famille = models.PositiveBigIntegerField("dernière famille", default=0, editable=False)
    # What the town's rules were (`campagne.regles`): a billed day is reckoned again by them. None until the issue.
    regles = models.JSONField("règles de facturation", null=True, editable=False)
    emise_le = models.DateTimeField("émise le", null=True, editable=False)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="par"
    )

    # Annotated by the agents' pages: of its invoices.
    nombre: int
    total: Decimal | None

    class Meta:
        verbose_name = "campagne de facturation"
        verbose_name_plural = "campagnes de facturation"
        ordering = ["-du", "regie"]
        permissions = [("emettre_campagne", "Peut émettre les factures d’une campagne")]
        constraints = [
            models.CheckConstraint(
                condition=Q(au__gte=F("du")),
                name="campagne_dans_l_ordre",
                violation_error_message=DANS_L_ORDRE,
            ),
            sans_chevauchement(
                "une_campagne_par_regie_et_periode",
                "regie",
                message="Cette régie a déjà une campagne sur cette période.",
            ),
        ]
        triggers = [ReglesGardees()]

    def __str__(self) -> str:
        return f"{self.regie.code}, {self.periode}"

    def clean(self) -> None:
        super().clean()
        refuser_le_desordre(self.du, self.au)
        if self.du is not None and self.au is not None and self.au - self.du >= UN_AN:
            raise ValidationError({"au": "Une campagne couvre un an au plus."})

    @property
    def periode(self) -> str:
        """« octobre 2026 », or « 01/02/2015 - 31/03/2015 »."""
        if (self.du, self.au) == bornes_du_mois(self.du.year, self.du.month):
            return mois_et_annee(self.du)
        return f"{date_courte(self.du)} - {date_courte(self.au)}"

    @property
    def est_en_preparation(self) -> bool:
        """Nothing is issued nor asked for yet: it may still be previewed."""
        return self.familles_a_traiter is None and self.date is None and not self.est_emise

    @property
    def est_emise(self) -> bool:
        return self.emise_le is not None

    @property
    def est_en_cours(self) -> bool:
        return not self.est_en_preparation and not self.est_emise

    def demander_emission(self, *, le: datetime.date, par: Compte) -> None:
        """Its invoices will be dated `le`. From now on it is under way, before any worker has it in hand."""
        if self.est_en_preparation:
            self.date, self.par = le, par
            self.save(update_fields=["date", "par"])
