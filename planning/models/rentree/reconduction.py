"""An inscription that a rentrée made, or ended: so that it is done once, told to its famille, and undone if need be."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from planning.models.prestation import Prestation
from socle.annee_scolaire import AnneeScolaire


class ReconductionQuerySet(models.QuerySet["Reconduction"]):
    def de(self, annee: AnneeScolaire) -> "ReconductionQuerySet":
        return self.filter(annee=annee.debut)

    def du_lot(self, annee: AnneeScolaire, le: datetime) -> "ReconductionQuerySet":
        """Those that were made together."""
        return self.de(annee).filter(le=le)

    def a_dire(self, annee: AnneeScolaire) -> "ReconductionQuerySet":
        """Of which no famille has been told."""
        return self.de(annee).filter(dite_le=None)

    def par_prestation(self, annee: AnneeScolaire) -> dict[int, dict[str, int]]:
        """{prestation: {"reconduites": …, "terminees": …}}. One query."""
        lues = self.de(annee).order_by().values_list("inscription__prestation").annotate(**_comptes())
        return {
            prestation: {"reconduites": reconduites, "terminees": terminees}
            for prestation, reconduites, terminees in lues
        }

    def lots(self, annee: AnneeScolaire, prestation: Prestation) -> list[dict]:
        """What was made together of that prestation, the latest first: `le`, `prenom`, `nom` of who did it,
        `reconduites`, `terminees`. One query."""
        siennes = self.de(annee).filter(inscription__prestation=prestation)
        par_lot = siennes.values("le", prenom=F("par__prenom"), nom=F("par__nom"))
        return [dict(lot) for lot in par_lot.annotate(**_comptes()).order_by("-le")]


class Reconduction(models.Model):
    """`inscription`: the new one that takes over, or the one that was ended. Undone, it goes."""

    class Sorte(models.TextChoices):
        RECONDUITE = "reconduite", "Reconduite"
        TERMINEE = "terminee", "Terminée"

    inscription = models.ForeignKey("planning.Inscription", models.CASCADE, related_name="reconductions")
    annee = models.PositiveSmallIntegerField("année de la rentrée")
    sorte = models.CharField("rentrée", max_length=10, choices=Sorte)
    au_avant = models.DateField("fin d’avant", null=True, blank=True)
    dite_le = models.DateTimeField("dite à la famille le", null=True, blank=True)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    le = models.DateTimeField("fait le", default=timezone.now, editable=False)

    objects = ReconductionQuerySet.as_manager()

    class Meta:
        verbose_name = "reconduction"
        verbose_name_plural = "reconductions"
        ordering = ["annee", "pk"]
        default_permissions = ()  # made on the page of the rentrée, by who may enrol
        indexes = [models.Index(fields=["annee", "le"], name="reconduction_par_lot")]
        constraints = [
            models.UniqueConstraint(fields=["inscription", "annee"], name="une_reconduction_par_rentree"),
            models.CheckConstraint(condition=Q(sorte__in=["reconduite", "terminee"]), name="reconduction_connue"),
        ]

    def __str__(self) -> str:
        return f"Rentrée {AnneeScolaire(self.annee)}\u00a0: {self.get_sorte_display().lower()}"


def _comptes() -> dict[str, Count]:
    Sorte = Reconduction.Sorte
    return {
        "reconduites": Count("pk", filter=Q(sorte=Sorte.RECONDUITE)),
        "terminees": Count("pk", filter=Q(sorte=Sorte.TERMINEE)),
    }
