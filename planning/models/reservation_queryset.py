"""Which réservations: those of a time, that wait, that cannot be."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self, TypeVar

from django.db import models

from planning.journees.journee import Journee
from planning.regles.etats import EN_ATTENTE, LIBRES, OCCUPENT, Presence
from planning.regles.horaires import Horaires
from planning.regles.jours import bornes_du_mois

from .presences_en_erreur import presence_impossible

CLES = ("inscription__famille", "inscription__enfant", "inscription", "prestation", "jour", "pk")
COLONNES = (*CLES, "etat", "presence", "arrivee", "depart")
HEURES = ("prestation__heure_debut", "prestation__heure_fin")
# Unless the weekly pattern announced them: it speaks where nobody has said anything.
VENUES_SANS_RESERVATION = models.Q(presence=Presence.PRESENT, etat__in=sorted(LIBRES))


M = TypeVar("M", bound=models.Model)


class FiltresReservation(models.QuerySet[M]):
    def entre(self, du: date, au: date) -> Self:
        return self.filter(jour__range=(du, au))

    def du_mois(self, annee: int, mois: int) -> Self:
        return self.entre(*bornes_du_mois(annee, mois))

    def occupant_une_place(self) -> Self:
        """Rows only: the pattern's days have none. To count places, ask `prestation.places_restantes`."""
        return self.filter(etat__in=OCCUPENT)

    def en_attente(self) -> Self:
        """An agent has to decide."""
        return self.filter(etat__in=EN_ATTENTE)

    def presentes(self) -> Self:
        return self.filter(presence=Presence.PRESENT)

    def en_erreur(self, ouverts: Mapping[int, Iterable[date]] | None = None) -> Self:
        """Presences that cannot be: what the grid shows as « Erreur ». `ouverts`: see `presence_impossible`."""
        toutes = type(self)(self.model, using=self.db)
        return self.presentes().filter(presence_impossible(toutes.presentes(), ouverts))

    def avec_erreur(self) -> Self:
        """Annotates `est_en_erreur`: whether it is one of those."""
        erreurs = type(self)(self.model, using=self.db).en_erreur()
        return self.annotate(est_en_erreur=models.Exists(erreurs.filter(pk=models.OuterRef("pk"))))

    def avec_horaires(self) -> "models.QuerySet[M, tuple]":
        """As plain values, with the hours of the prestation: what is stored, before the weekly pattern speaks."""
        return self.order_by().values_list(*COLONNES, *HEURES)


def journee_et_horaires(ligne: tuple) -> tuple[Journee, Horaires]:
    """Of a row of `avec_horaires`."""
    return Journee.lire(ligne[: len(COLONNES)]), Horaires(*ligne[len(COLONNES) :])
