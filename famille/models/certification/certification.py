"""« Je certifie que ces renseignements sont exacts »: who has read the record of a famille, as it was, and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from famille.models.compte import Compte
from famille.models.famille import Famille
from francais import date_courte

PRECISION_MAX = 200


class CertificationQuerySet(models.QuerySet["Certification"]):
    def certifier(self, famille: Famille, empreinte: str, *, par: Compte) -> "Certification":
        """By one of its adults, who has the record before their eyes. `empreinte`: what it says, as a code."""
        return self.create(famille=famille, empreinte=empreinte, par=par)

    def recevoir_le_papier(self, famille: Famille, precision: str, *, par: Compte) -> "Certification":
        """An agent has the signed paper in hand. `precision`: what it is, « Formulaire signé du 3 septembre »."""
        return self.create(famille=famille, par=par, sur_papier=True, precision=precision.strip())


class Certification(models.Model):
    """Of one famille: in a garde alternée, each certifies its own. Never changes."""

    famille = models.ForeignKey("famille.Famille", models.CASCADE, related_name="certifications")
    # On the town's calendar, as the dates that it answers.
    jour = models.DateField(default=timezone.localdate, editable=False)
    le = models.DateTimeField("certifié le", default=timezone.now, editable=False)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name="certifié par",
    )
    sur_papier = models.BooleanField("reçu sur papier", default=False, editable=False)
    precision = models.CharField("précision", max_length=PRECISION_MAX, blank=True, default="")
    empreinte = models.CharField("empreinte de ce qui a été lu", max_length=64, blank=True, default="", editable=False)

    objects = CertificationQuerySet.as_manager()

    class Meta:
        verbose_name = "certification d’un dossier"
        verbose_name_plural = "certifications des dossiers"
        ordering = ["-le", "-pk"]
        default_permissions = ("view", "add")
        indexes = [models.Index(fields=["famille", "jour"], name="certification_du_dossier")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sur_papier=True) | ~Q(empreinte=""), name="certification_de_ce_qui_a_ete_lu"
            ),
        ]

    def __str__(self) -> str:
        return f"Certification du {date_courte(self.jour)}"
