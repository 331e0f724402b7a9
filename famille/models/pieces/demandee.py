"""A kind of document that the centre asks for: vaccines, insurance, quotient familial."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from socle.annee_scolaire import AnneeScolaire
from socle.periodes import DANS_L_ORDRE
from socle.recherche import au_dictionnaire

# From so many days before the school year ends, what is given is for the next one.
AVANT_LA_RENTREE = 92


class PieceDemandeeQuerySet(models.QuerySet["PieceDemandee"]):
    def en_cours(self, jour: date) -> "PieceDemandeeQuerySet":
        """Those that the centre asks for on that day."""
        return self.filter(Q(au__isnull=True) | Q(au__gte=jour), du__lte=jour)

    def bloquantes(self, jour: date) -> "PieceDemandeeQuerySet":
        """Of those, the ones without which one does not book."""
        return self.en_cours(jour).filter(bloquante=True)

    def a_redemander(self, pour: date) -> "PieceDemandeeQuerySet":
        """Those that the centre will still ask for on that day, and has not asked for again. Of an insurance, the end
        is on the child's record."""
        return self.en_cours(pour).filter(tenue_par="").exclude(redemandee_pour=pour)

    def redemander(self, pour: date, pieces: Iterable["PieceDemandee"]) -> int:
        """From that day on, what was given before today no longer serves; what comes from today on does. Twice is
        once. Returns how many kinds."""
        neuves = self.a_redemander(pour).filter(pk__in=[piece.pk for piece in pieces])
        return neuves.update(redemandee_le=timezone.localdate(), redemandee_pour=pour)


class PieceDemandee(models.Model):
    """Asked of each child, or once of the famille. Which prestations want it: planning's `PieceExigee`."""

    AU_LIEU_DE_SUPPRIMER = "écrivez jusqu’à quand elle est demandée\u00a0: ce qui a été donné reste."

    class Pour(models.TextChoices):
        ENFANT = "enfant", "Chaque enfant"
        FAMILLE = "famille", "La famille"

    class Echeance(models.TextChoices):
        SANS_FIN = "", "Aucune"
        DATE = "date", "À la date écrite sur le document"
        ANNEE = "annee", "À la fin de l’année scolaire"

    class TenuePar(models.TextChoices):
        DEPOT = "", "Le document que la famille envoie"
        ASSURANCE = "assurance", "L’assurance de la fiche de l’enfant"

    nom = models.CharField(max_length=80, unique=True)
    consigne = models.CharField(
        "ce qu’il faut envoyer", max_length=300, blank=True, help_text="La famille lit cette phrase."
    )
    pour = models.CharField("demandée pour", max_length=10, choices=Pour, default=Pour.ENFANT)
    tenue_par = models.CharField(
        "ce qui en fait foi", max_length=10, choices=TenuePar, blank=True, default=TenuePar.DEPOT
    )
    echeance = models.CharField("se périme", max_length=10, choices=Echeance, blank=True, default=Echeance.SANS_FIN)
    bloquante = models.BooleanField(
        "nécessaire pour réserver",
        default=False,
        help_text="Tant qu’elle manque ou qu’elle est périmée, on ne réserve plus. Reçue, à vérifier, elle suffit.",
    )
    de_sante = models.BooleanField(
        "document de santé",
        default=False,
        help_text="Seul qui tient les fiches sanitaires le lit, et chaque lecture est notée.",
    )
    du = models.DateField("demandée à partir du")
    au = models.DateField(
        "jusqu’au", null=True, blank=True, help_text="Dernier jour. Vide\u00a0: jusqu’à nouvel ordre."
    )
    # What was given before the first no longer serves from the second on.
    redemandee_le = models.DateField("redemandée le", null=True, editable=False)
    redemandee_pour = models.DateField("redemandée pour le", null=True, editable=False)

    objects = PieceDemandeeQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce demandée"
        verbose_name_plural = "pièces demandées"
        ordering = au_dictionnaire("nom")
        constraints = [
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gte=F("du")),
                name="piece_demandee_dans_l_ordre",
                violation_error_message=DANS_L_ORDRE,
            ),
            models.CheckConstraint(
                condition=~Q(tenue_par="assurance") | Q(pour="enfant"),
                name="assurance_de_chaque_enfant",
                violation_error_message="L’assurance est celle de chaque enfant.",
            ),
            models.CheckConstraint(
                condition=Q(redemandee_le__isnull=True, redemandee_pour__isnull=True)
                | Q(redemandee_le__isnull=False, redemandee_pour__isnull=False),
                name="piece_redemandee_pour_un_jour",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def vient_de_la_fiche(self) -> bool:
        """The child's insurance says it: nothing is sent here."""
        return self.tenue_par == self.TenuePar.ASSURANCE

    @property
    def a_une_date(self) -> bool:
        return self.echeance == self.Echeance.DATE

    def fin_proposee(self, recue: date) -> date | None:
        """Until when what is received that day holds, unless who checks it says otherwise; None: for good, or it is
        written on the document."""
        if self.echeance != self.Echeance.ANNEE:
            return None
        annee = AnneeScolaire.de(recue)
        return annee.au if (annee.au - recue).days >= AVANT_LA_RENTREE else AnneeScolaire(annee.debut + 1).au
