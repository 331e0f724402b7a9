"""A roll that is done with: what it says does not change before somebody opens it again. Who did is kept."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from famille.models import Compte
from francais import date_courte, heure, jour_et_mois
from planning import erreurs
from planning.acteurs import exiger_agent

ROUVRIR = "planning.rouvrir_appel"


class AppelTermineQuerySet(models.QuerySet["AppelTermine"]):
    def en_vigueur(self) -> Self:
        """Those that nobody has opened again."""
        return self.filter(rouvert_le__isnull=True)

    def du_jour(self, prestation: int, jour: date) -> "AppelTermine | None":
        return self.en_vigueur().filter(prestation=prestation, jour=jour).select_related("par").first()

    def terminer(self, prestation: models.Model, jour: date, *, par: Compte) -> "AppelTermine":
        """Raises PointageImpossible on a day to come; AppelDejaTermine."""
        exiger_agent(par)
        if jour > timezone.localdate():
            raise erreurs.PointageImpossible(f"Le {jour_et_mois(jour)} est à venir\u00a0: son appel n’est pas fait.")
        try:
            with transaction.atomic():
                return self.create(prestation_id=prestation.pk, jour=jour, par=par)
        except IntegrityError:
            raise erreurs.AppelDejaTermine(f"L’appel du {jour_et_mois(jour)} est déjà terminé.") from None


class AppelTermine(models.Model):
    """A prestation on a day. Opened again, the row stays: a roll has as many as times it was ended."""

    AU_LIEU_DE_SUPPRIMER = "rouvrez l’appel depuis sa page\u00a0: elle garde qui l’a terminé, et qui l’a rouvert."

    prestation = models.ForeignKey(
        "planning.Prestation", models.PROTECT, related_name="appels_termines", db_index=False
    )
    jour = models.DateField()
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="terminé par",
    )
    le = models.DateTimeField("terminé le", default=timezone.now)
    rouvert_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="rouvert par",
    )
    rouvert_le = models.DateTimeField("rouvert le", null=True)

    objects = AppelTermineQuerySet.as_manager()

    class Meta:
        verbose_name = "appel terminé"
        verbose_name_plural = "appels terminés"
        ordering = ["jour", "prestation", "le"]
        # Kept by us, never written by hand.
        default_permissions = ()
        permissions = [("rouvrir_appel", "Peut rouvrir un appel terminé")]
        indexes = [models.Index(fields=["prestation", "jour"], name="appels_termines_du_jour")]
        constraints = [
            models.UniqueConstraint(
                fields=["prestation", "jour"],
                condition=Q(rouvert_le__isnull=True),
                name="un_appel_se_termine_une_fois",
            ),
            models.CheckConstraint(
                condition=Q(rouvert_le__isnull=True) | Q(rouvert_le__gte=F("le")), name="appel_rouvert_ensuite"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prestation}, {date_courte(self.jour)}"

    @property
    def quand(self) -> str:
        """« par Ali MAIRIE, le 01/04/2015 à 17 h 40 »."""
        return _dire(self.par, self.le)

    @property
    def rouvert_quand(self) -> str:
        return _dire(self.rouvert_par, self.rouvert_le)

    def peut_etre_rouvert_par(self, compte: Compte) -> bool:
        """Who has ended it by mistake, the same day; afterwards, who has the right."""
        aujourd_hui = timezone.localdate()
        le_sien = self.par_id == compte.pk and timezone.localdate(self.le) == aujourd_hui
        return compte.has_perm(ROUVRIR) or (le_sien and compte.has_perm("planning.faire_appel"))

    def rouvrir(self, *, par: Compte) -> None:
        """Once, by whoever is first. Raises RouvertureImpossible."""
        exiger_agent(par)
        if not self.peut_etre_rouvert_par(par):
            raise erreurs.RouvertureImpossible(
                "Cet appel se rouvre par la direction, ou le jour même par qui l’a terminé."
            )
        ouverts = AppelTermine.objects.en_vigueur().filter(pk=self.pk)
        if not ouverts.update(rouvert_par=par, rouvert_le=timezone.now()):
            raise erreurs.RouvertureImpossible("Cet appel vient d’être rouvert.")

    def refuser_le_pointage(self) -> None:
        """Raises AppelDejaTermine."""
        raise erreurs.AppelDejaTermine(
            f"L’appel du {jour_et_mois(self.jour)} est terminé, {self.quand}\u00a0: rouvrez-le pour le corriger."
        )


def _dire(par: Compte | None, le: datetime | None) -> str:
    quand = timezone.localtime(le)
    return f"par {par or 'un agent'}, le {date_courte(quand.date())} à {heure(quand.time())}"
