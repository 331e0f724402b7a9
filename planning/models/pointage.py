"""The attendance of a réservation: what the roll said of it. Beside the booking, and apart from it: a child may come
unexpected, or not come."""

from datetime import date, datetime, time

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from famille.models import Compte
from francais import jour_et_mois
from planning import erreurs
from planning.acteurs import exiger_agent
from planning.regles.etats import Presence
from planning.regles.pointage import Pointage

from .appels.termine import AppelTermine


class AvecPointage(models.Model):
    """There or not, from when, until when; who said so, when."""

    presence = models.CharField("présence", max_length=8, choices=Presence, blank=True, default=Presence.NON_POINTEE)
    arrivee = models.TimeField("arrivée", null=True, blank=True)
    depart = models.TimeField("départ", null=True, blank=True)
    pointee_le = models.DateTimeField("pointée le", null=True, editable=False)
    pointee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name="pointée par",
    )

    # A child who came without a booking: when the famille was told.
    prevenue_le = models.DateTimeField("famille prévenue le", null=True, editable=False)

    prestation_id: int
    jour: date | models.DateField
    est_en_erreur: bool  # annotated by `avec_erreur`

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="reservation_presence_connue"),
            models.CheckConstraint(
                condition=Q(presence=Presence.PRESENT) | Q(arrivee__isnull=True, depart__isnull=True),
                name="reservation_heures_d_un_present",
            ),
            models.CheckConstraint(
                condition=Q(arrivee__isnull=True) | Q(depart__isnull=True) | Q(depart__gt=F("arrivee")),
                name="reservation_heures_dans_l_ordre",
            ),
        ]

    @property
    def est_presente(self) -> bool:
        return self.presence == Presence.PRESENT

    @property
    def pointage(self) -> Pointage:
        return Pointage(Presence(self.presence), self.arrivee, self.depart)

    @transaction.atomic
    def pointer(
        self,
        presence: Presence,
        *,
        arrivee: time | None = None,
        depart: time | None = None,
        le: datetime | None = None,
        par: Compte,
    ) -> None:
        """Call the roll: what happened, booked or not. Present on a closed day is kept, and shows as an error.

        `le`: when it was seen, if it is told later.
        """
        exiger_agent(par)
        self._relire()
        if self.jour > timezone.localdate():
            raise erreurs.PointageImpossible(
                f"Le {jour_et_mois(self.jour)} est à venir\u00a0: il ne se pointe pas encore."
            )
        Pointage(presence, arrivee, depart).verifier()
        if termine := AppelTermine.objects.du_jour(self.prestation_id, self.jour):
            termine.refuser_le_pointage()
        self.presence, self.arrivee, self.depart = presence, arrivee, depart
        self.pointee_le, self.pointee_par = le or timezone.now(), par
        self.save()

    def _relire(self) -> None:
        """Lock, and become the day as it is now."""
        raise NotImplementedError
