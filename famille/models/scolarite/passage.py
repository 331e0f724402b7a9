"""What a rentrée made of a child's class: one row a child and a school year, so that nobody goes up twice."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from famille.models.enfant import Enfant
from socle.annee_scolaire import AnneeScolaire


class PassageDeClasseQuerySet(models.QuerySet["PassageDeClasse"]):
    def de(self, annee: AnneeScolaire) -> "PassageDeClasseQuerySet":
        return self.filter(annee=annee.debut)

    def du_lot(self, annee: AnneeScolaire, le: datetime) -> "PassageDeClasseQuerySet":
        """Those that were made together."""
        return self.de(annee).filter(le=le)

    def lots(self, annee: AnneeScolaire) -> list[dict]:
        """What was made together, the latest first: `le`, `prenom`, `nom` of who did it, `enfants`, `sortants`,
        `maintenus`. One query."""
        comptes = {
            "enfants": Count("pk"),
            "sortants": Count("pk", filter=Q(apres=Enfant.Classe.COLLEGE)),
            "maintenus": Count("pk", filter=Q(apres=F("avant"))),
        }
        par_lot = self.de(annee).values("le", prenom=F("par__prenom"), nom=F("par__nom"))
        return [dict(lot) for lot in par_lot.annotate(**comptes).order_by("-le")]


class PassageDeClasse(models.Model):
    """From a class to the next one, or to the same: then the child stays down. Never changes; undone, it goes."""

    enfant = models.ForeignKey("famille.Enfant", models.CASCADE, related_name="passages")
    annee = models.PositiveSmallIntegerField("année de la rentrée")
    avant = models.CharField("classe d’avant", max_length=10, choices=Enfant.Classe, blank=True)
    apres = models.CharField("classe à la rentrée", max_length=10, choices=Enfant.Classe)
    ecole_avant = models.ForeignKey(
        "famille.Ecole", models.SET_NULL, null=True, related_name="+", db_index=False, verbose_name="école d’avant"
    )
    ecole_apres = models.ForeignKey(
        "famille.Ecole", models.SET_NULL, null=True, related_name="+", db_index=False, verbose_name="école à la rentrée"
    )
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    le = models.DateTimeField("fait le", default=timezone.now, editable=False)

    objects = PassageDeClasseQuerySet.as_manager()

    class Meta:
        verbose_name = "passage de classe"
        verbose_name_plural = "passages de classe"
        ordering = ["annee"]
        default_permissions = ()  # made on the page of the rentrée, by who may change a child
        indexes = [models.Index(fields=["annee", "le"], name="passage_par_lot")]
        constraints = [
            models.UniqueConstraint(fields=["enfant", "annee"], name="un_passage_par_rentree"),
            models.CheckConstraint(condition=~Q(apres=""), name="passage_vers_une_classe"),
        ]

    def __str__(self) -> str:
        return f"Rentrée {AnneeScolaire(self.annee)}\u00a0: {self.get_apres_display()}"
