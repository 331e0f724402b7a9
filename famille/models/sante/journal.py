"""The journal of readings: who read which child's health record, and when. Who may: `famille/droits.py`."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..compte import Compte
from ..enfant import Enfant


class LectureSanteQuerySet(models.QuerySet["LectureSante"]):
    def noter(self, enfant: Enfant, *, par: Compte) -> "LectureSante":
        """Write that this agent is reading, now, the record of this child."""
        return self.create(enfant=enfant, enfant_nom=enfant.nom_complet, par=par, par_identifiant=par.identifiant)


class LectureSante(models.Model):
    """An agent read a child's health record: who, whose, when."""

    # The journal outlives the record and the account it names.
    enfant = models.ForeignKey("famille.Enfant", models.SET_NULL, null=True, related_name="lectures_sante")
    enfant_nom = models.CharField("nom de l’enfant", max_length=200)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="lue par")
    par_identifiant = models.CharField("identifiant", max_length=100)
    le = models.DateTimeField("lue le", default=timezone.now)

    objects = LectureSanteQuerySet.as_manager()

    class Meta:
        verbose_name = "lecture d’une fiche sanitaire"
        verbose_name_plural = "lectures des fiches sanitaires"
        ordering = ["-le"]
        # Kept by us, never written by hand.
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.enfant_nom}, par {self.par_identifiant}"
