"""A day that the centre has booked beyond the deadline, the places or an incomplete record: who, when, and why."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from famille.models import Compte
from socle.chiffrement import TexteChiffre

if TYPE_CHECKING:
    from planning.models.reservation import Reservation


class DerogationQuerySet(models.QuerySet["Derogation"]):
    def noter(
        self,
        journees: Iterable["Reservation"],
        *,
        delai: Iterable[date],
        places: Iterable[date],
        dossier: Iterable[date],
        motif: str,
        par: Compte,
    ) -> None:
        """By sort of derogation, the days that took one. One statement."""
        sorte = Derogation.Sorte
        sortes = {sorte.DELAI: set(delai), sorte.PLACES: set(places), sorte.DOSSIER: set(dossier)}
        self.bulk_create(
            self.model(reservation=journee, sorte=sorte, motif=motif, par=par)
            for journee in journees
            for sorte, jours in sortes.items()
            if journee.jour in jours
        )


class Derogation(models.Model):
    """Beside the réservation, whatever becomes of it: a place is never exceeded in silence. Never changes."""

    class Sorte(models.TextChoices):
        DELAI = "delai", "Hors délai"
        PLACES = "places", "Au-delà des places"
        DOSSIER = "dossier", "Dossier incomplet"

    reservation = models.ForeignKey(
        "planning.Reservation", models.CASCADE, related_name="derogations", verbose_name="réservation"
    )
    sorte = models.CharField("dérogation", max_length=8, choices=Sorte)
    # Why a famille needs that day: encrypted.
    motif = TexteChiffre(max_length=500)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    le = models.DateTimeField("accordée le", default=timezone.now, editable=False)

    objects = DerogationQuerySet.as_manager()

    class Meta:
        verbose_name = "dérogation"
        verbose_name_plural = "dérogations"
        ordering = ["le", "pk"]
        default_permissions = ()  # read with the réservations
        constraints = [
            models.CheckConstraint(
                condition=Q(sorte__in=["delai", "places", "dossier"]), name="derogation_de_sorte_connue"
            ),
            models.CheckConstraint(condition=~Q(motif=""), name="derogation_motivee"),
        ]

    def __str__(self) -> str:
        return self.get_sorte_display()
