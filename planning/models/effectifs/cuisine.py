"""What the kitchen was told: a sheet that was printed, its counts, by whom and when. No child is named on it."""

from datetime import date

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from famille.models import Compte
from francais import date_courte, date_et_heure

Repas = list[list]  # [site, six or over, diet, meals]


class FeuilleDeCuisineQuerySet(models.QuerySet["FeuilleDeCuisine"]):
    def derniere(self, jour: date) -> "FeuilleDeCuisine | None":
        return self.filter(jour=jour).order_by("-numero").first()

    def imprimer(self, jour: date, repas: Repas, *, par: Compte) -> "FeuilleDeCuisine":
        """The sheet that tells those meals: the last one, if nothing has changed since; else the next one."""
        derniere = self.derniere(jour)
        if derniere is not None and derniere.repas == sorted(repas):
            return derniere
        numero = derniere.numero + 1 if derniere else 1
        try:
            with transaction.atomic():
                return self.create(jour=jour, numero=numero, repas=sorted(repas), par=par)
        except IntegrityError:  # another agent has just printed it
            return self.imprimer(jour, repas, par=par)


class FeuilleDeCuisine(models.Model):
    """The meals of a day as a sheet told them. The next one says what has changed since."""

    AU_LIEU_DE_SUPPRIMER = "imprimez-en une autre\u00a0: elle dira ce qui a changé."

    jour = models.DateField()
    numero = models.PositiveSmallIntegerField("numéro")
    repas = models.JSONField(default=list)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    le = models.DateTimeField("imprimée le", default=timezone.now)

    objects = FeuilleDeCuisineQuerySet.as_manager()

    class Meta:
        verbose_name = "feuille de cuisine"
        verbose_name_plural = "feuilles de cuisine"
        ordering = ["-jour", "-numero"]
        constraints = [models.UniqueConstraint(fields=["jour", "numero"], name="feuille_de_cuisine_numerotee")]
        # Kept by us, never written by hand.
        default_permissions = ()

    def __str__(self) -> str:
        return f"Feuille n°\u00a0{self.numero} du {date_courte(self.jour)}"

    @property
    def quand(self) -> str:
        """« 08/04/2015 à 9 h 02 »."""
        return date_et_heure(timezone.localtime(self.le))

    @property
    def precedente(self) -> "FeuilleDeCuisine | None":
        """The sheet that it replaces."""
        return FeuilleDeCuisine.objects.filter(jour=self.jour, numero=self.numero - 1).first()
