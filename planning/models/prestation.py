"""What one books in a structure: « ALSH Mercredi journée », « Garderie matin », « Restauration scolaire »."""

from collections.abc import Iterable
from datetime import date, time
from functools import cached_property

from django.db import models
from django.db.models import F, Max, Q
from django.db.models.expressions import Combinable
from django.utils import timezone

from francais import date_courte
from planning.champs import JoursField
from planning.places import prise
from planning.places.restantes import effectifs
from planning.regles.calendrier import Calendrier
from planning.regles.delais import Delai
from planning.regles.horaires import Horaires
from planning.regles.inscription import ReglesPrestation
from planning.regles.jours import AUCUN_JOUR, SEMAINE, Jours, jours_entre
from planning.regles.ouverture import Ouverture
from socle.periodes import DANS_L_ORDRE
from socle.recherche import au_dictionnaire

from .calendrier import lire_calendrier
from .structure import CE_QUI_CESSE, actives


class PrestationQuerySet(models.QuerySet["Prestation"]):
    def actives(self, jour: date | None = None) -> "PrestationQuerySet":
        """Those that one may book on that day, today if none is given. What a structure ends, its prestations end."""
        return self.filter(actives(jour or timezone.localdate()))


class Prestation(models.Model):
    """What one books: when it opens, for whom, how many places, until when one may ask."""

    EN_CHOIX_LIT = ("structure",)
    AU_LIEU_DE_SUPPRIMER = (
        "écrivez depuis quand elle est inactive\u00a0: ce qui a été réservé et facturé avant ce jour reste."
    )

    class Validation(models.TextChoices):
        AUTOMATIQUE = "automatique", "Automatique\u00a0: réservé dès qu’une place est libre"
        MANUELLE = "manuelle", "Par un agent"

    class Repas(models.TextChoices):
        AUCUN = "", "Aucun"
        SUR_PLACE = "sur_place", "Servi au centre"
        A_L_ECOLE = "a_l_ecole", "Servi dans l’école de l’enfant"

    structure = models.ForeignKey("planning.Structure", models.PROTECT, related_name="prestations")
    nom = models.CharField(max_length=100)
    ordre = models.PositiveSmallIntegerField(default=0, help_text="Les plus petits d’abord, dans le planning.")
    inactive_depuis = models.DateField("inactive à partir du", null=True, blank=True, help_text=CE_QUI_CESSE)
    jours_scolaires = JoursField("ouverte en période scolaire", default=SEMAINE)
    jours_petites_vacances = JoursField("ouverte aux petites vacances", default=AUCUN_JOUR)
    jours_grandes_vacances = JoursField("ouverte aux grandes vacances", default=AUCUN_JOUR)
    heure_debut = models.TimeField("de")
    heure_fin = models.TimeField("à")
    age_min = models.PositiveSmallIntegerField("âge minimal", null=True, blank=True)
    age_max = models.PositiveSmallIntegerField("âge maximal", null=True, blank=True)
    places = models.PositiveSmallIntegerField(
        "places par jour", null=True, blank=True, help_text="Vide\u00a0: sans limite."
    )
    repas = models.CharField(
        max_length=10, choices=Repas, blank=True, default=Repas.AUCUN, help_text="Un repas par enfant attendu."
    )
    delai_reservation_jours = models.PositiveSmallIntegerField(
        "réserver au plus tard", default=2, help_text="Jours ouvrés avant le jour réservé."
    )
    delai_reservation_heure = models.TimeField("à", default=time(12))
    delai_absence_jours = models.PositiveSmallIntegerField(
        "déclarer une absence au plus tard", default=1, help_text="Jours ouvrés avant le jour d’absence."
    )
    delai_absence_heure = models.TimeField("à", default=time(12))
    hors_delai_autorise = models.BooleanField("demandes hors délai acceptées", default=False)
    validation = models.CharField(max_length=12, choices=Validation, default=Validation.MANUELLE)

    objects = PrestationQuerySet.as_manager()

    class Meta:
        verbose_name = "prestation"
        verbose_name_plural = "prestations"
        ordering = ["structure", "ordre", *au_dictionnaire("nom")]
        constraints = [
            models.UniqueConstraint(
                fields=["structure", "nom"],
                name="une_prestation_par_nom",
                violation_error_message="Cette structure a déjà une prestation de ce nom.",
            ),
            models.CheckConstraint(
                condition=Q(heure_fin__gt=F("heure_debut")),
                name="prestation_heures_dans_l_ordre",
                violation_error_message=DANS_L_ORDRE,
            ),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_max__gte=F("age_min")),
                name="prestation_ages_dans_l_ordre",
                violation_error_message="L’âge maximal doit suivre l’âge minimal.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    def save(self, *args: object, **options: object) -> None:
        """In a structure that ends, it ends with it at the latest."""
        fins = [fin for fin in (self.inactive_depuis, self.structure.inactive_depuis) if fin]
        self.inactive_depuis = min(fins, default=None)
        super().save(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on

    @property
    def en_choix(self) -> str:
        """« Garderie matin, École du Moulin »: two structures may use one name."""
        return f"{self.nom}, {self.structure}"

    @property
    def est_automatique(self) -> bool:
        return self.validation == self.Validation.AUTOMATIQUE

    @property
    def ouverture(self) -> Ouverture:
        jours = (self.jours_scolaires, self.jours_petites_vacances, self.jours_grandes_vacances)
        scolaire, petites, grandes = map(Jours, jours)
        return Ouverture(scolaire, petites, grandes, self.inactive_depuis)

    @property
    def est_active(self) -> bool:
        """One may book it today."""
        return not self.ouverture.est_inactive(timezone.localdate())

    @property
    def horaires(self) -> Horaires:
        return Horaires(self.heure_debut, self.heure_fin)

    @cached_property
    def regles(self) -> ReglesPrestation:
        """The rules as plain values."""
        return ReglesPrestation(
            structure=self.structure_id,
            ouverture=self.ouverture,
            horaires=self.horaires,
            age_min=self.age_min,
            age_max=self.age_max,
            delai_reservation=Delai(self.delai_reservation_jours, self.delai_reservation_heure),
            delai_absence=Delai(self.delai_absence_jours, self.delai_absence_heure),
            hors_delai_autorise=self.hors_delai_autorise,
        )

    @property
    def dernier_jour_connu(self) -> date | None:
        """After it, nothing is known of its places but the patterns, which repeat themselves. Three queries."""
        connus = [
            self.reservations.aggregate(jour=Max("jour"))["jour"],
            self.places_du_jour.aggregate(jour=Max("jour"))["jour"],
            *self.inscriptions.aggregate(du=Max("du"), au=Max("au")).values(),
        ]
        return max(filter(None, connus), default=None)

    def places_restantes(self, jours: Iterable[date]) -> dict[date, int | None]:
        """Places left on each day; None where there is no limit. Never below zero."""
        return {jour: effectif.restantes for (_, jour), effectif in effectifs({self.pk: set(jours)}).items()}

    def prendre_des_places(self, jours: Iterable[date], *, au_dela: bool) -> list[date]:
        """Nobody else takes one on those days until the end of the transaction. Raises Complet.

        `au_dela`: takes one all the same, and returns the days that were full.
        """
        return prise.prendre(self.pk, self.nom, jours, au_dela=au_dela)


class PlacesDuJour(models.Model):
    """Another number of places, on one day: an outing, a missing animateur."""

    prestation = models.ForeignKey(Prestation, models.CASCADE, related_name="places_du_jour")
    jour = models.DateField()
    places = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "places d’un jour"
        verbose_name_plural = "places, jour par jour"
        ordering = ["jour"]
        constraints = [
            models.UniqueConstraint(
                fields=["prestation", "jour"],
                name="un_nombre_de_places_par_jour",
                violation_error_message="Ce jour a déjà son nombre de places.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prestation}, {date_courte(self.jour)}\u00a0: {self.places}"


def jours_ouverts(
    prestations: Iterable[Prestation], du: date, au: date, calendrier: Calendrier | None = None
) -> dict[int, list[date]]:
    """The days on which each prestation receives children, by id. One query if no calendar is given."""
    calendrier = calendrier or lire_calendrier(du, au)
    jours = list(jours_entre(du, au))

    def siens(prestation: Prestation) -> list[date]:
        structure, ouverture = prestation.structure_id, prestation.ouverture
        return [jour for jour in jours if calendrier.accueille(jour, structure, ouverture)]

    return {prestation.pk: siens(prestation) for prestation in prestations}


def aux_memes_heures(
    debut: time | Combinable, fin: time | Combinable, *, de: str = "heure_debut", a: str = "heure_fin"
) -> Q:
    """Hours from `de` to `a` that overlap those: `Horaires.chevauchent`, in SQL."""
    return Q(**{f"{de}__lt": fin, f"{a}__gt": debut})
