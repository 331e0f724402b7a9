"""The town's calendar: school holidays, public holidays, closures. Filled by `importer_calendrier`, edited by agents.

The rows are the town's own, of whatever zone it was in at the time: nothing is chosen by zone when read.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from operator import itemgetter

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.base import ModelBase

from francais import periode
from planning.regles.calendrier import Calendrier
from planning.regles.jours import Periode
from socle.periodes import DANS_L_ORDRE
from socle.requetes.preparee import Preparee, inconnue

# A deadline counts working days back from the first day wanted, through any closure.
RECUL = timedelta(days=400)

SANS_STRUCTURE = Value(None, models.BigIntegerField())


class Source(models.TextChoices):
    IMPORT = "import", "Importé"
    AGENT = "agent", "Saisi ou corrigé par un agent"


class Vacances(models.Model):
    """School holidays, first and last days included. What an agent corrected, the import leaves alone."""

    AU_LIEU_DE_SUPPRIMER = "corrigez ses dates. L’import du calendrier la ramènerait."

    class Genre(models.TextChoices):
        PETITES = Periode.PETITES_VACANCES.value, "Petites vacances"
        GRANDES = Periode.GRANDES_VACANCES.value, "Grandes vacances"

    nom = models.CharField(max_length=100)
    genre = models.CharField(max_length=1, choices=Genre, default=Genre.PETITES)
    du = models.DateField("du", help_text="Premier jour sans école.")
    au = models.DateField("au", help_text="Dernier jour sans école.")
    zone = models.CharField(max_length=1, blank=True, help_text="Zone du calendrier importé.")
    source = models.CharField(max_length=10, choices=Source, default=Source.AGENT, editable=False)
    # What the import would write: it knows its own row again after an agent has moved the dates.
    du_importe = models.DateField("du importé", null=True, editable=False, unique=True)

    class Meta:
        verbose_name = "période de vacances"
        verbose_name_plural = "vacances scolaires"
        ordering = ["du"]
        constraints = [
            models.CheckConstraint(
                condition=Q(au__gte=F("du")), name="vacances_dans_l_ordre", violation_error_message=DANS_L_ORDRE
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        # The import writes in bulk: whoever saves is an agent.
        self.source = Source.AGENT
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)


class JourFerie(models.Model):
    """A public holiday: nothing opens. One that an agent struck out stays, `travaille`: no import revives it."""

    AU_LIEU_DE_SUPPRIMER = "cochez «\u00a0travaillé\u00a0». L’import du calendrier le ramènerait."

    jour = models.DateField(unique=True)
    nom = models.CharField(max_length=100)
    travaille = models.BooleanField("travaillé", default=False, help_text="Cochez si les structures ouvrent ce jour.")
    source = models.CharField(max_length=10, choices=Source, default=Source.AGENT, editable=False)

    class Meta:
        verbose_name = "jour férié"
        verbose_name_plural = "jours fériés"
        ordering = ["jour"]

    def __str__(self) -> str:
        return self.nom


class Fermeture(models.Model):
    """Closed from … to …: one structure, or all of them."""

    structure = models.ForeignKey(
        "planning.Structure", models.CASCADE, null=True, blank=True, help_text="Vide\u00a0: toutes les structures."
    )
    du = models.DateField("du")
    au = models.DateField("au")
    motif = models.CharField(max_length=200)

    class Meta:
        verbose_name = "fermeture"
        verbose_name_plural = "fermetures"
        ordering = ["-du"]
        constraints = [
            models.CheckConstraint(
                condition=Q(au__gte=F("du")), name="fermeture_dans_l_ordre", violation_error_message=DANS_L_ORDRE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure or 'Toutes les structures'}\u00a0: {self.motif}"

    def clean(self) -> None:
        """Two agents declare the same one: deleting one of the twins would open nothing again."""
        if self.du is None or self.au is None:
            return
        ou = Q(structure=None) | Q(structure=self.structure) if self.structure_id else Q(structure=None)
        deja = Fermeture.objects.filter(ou, du__lte=self.du, au__gte=self.au).exclude(pk=self.pk).first()
        if deja is not None:
            raise ValidationError(f"Ces jours sont déjà fermés. {deja}, {periode(deja.du, deja.au)}.")


def _lignes() -> models.QuerySet:
    """The three tables in one: which, its structure, from, to, what. Closures first: theirs types the column."""
    du, au = inconnue("du"), inconnue("au")
    bornes = Q(du__lte=au, au__gte=du)
    return (
        Fermeture.objects.order_by()
        .filter(bornes)
        .values_list(Value("X"), F("structure_id"), "du", "au", F("motif"))
        .union(
            Vacances.objects.order_by().filter(bornes).values_list(Value("V"), SANS_STRUCTURE, "du", "au", F("genre")),
            JourFerie.objects.order_by()
            .filter(jour__range=(du, au), travaille=False)
            .values_list(Value("F"), SANS_STRUCTURE, "jour", F("jour"), F("nom")),
            all=True,
        )
    )


LIGNES: Preparee[tuple] = Preparee(_lignes)


def lire_calendrier(du: date, au: date) -> Calendrier:
    """The calendar from `du` to `au`, and enough of what precedes for the deadlines. One query."""
    par_table: dict[str, list[tuple]] = {"V": [], "F": [], "X": []}
    for table, *ligne in LIGNES.lire(du=du - RECUL, au=au):
        par_table[table].append(tuple(ligne))
    return Calendrier.depuis(
        vacances=[(du, au, Periode(genre)) for _, du, au, genre in sorted(par_table["V"], key=itemgetter(1))],
        feries=[(jour, nom) for _, jour, _, nom in par_table["F"]],
        fermetures=sorted(par_table["X"], key=itemgetter(1)),
    )
