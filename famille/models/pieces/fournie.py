"""What a famille gave of a document that is asked for: files, or a paper that an agent has seen."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from famille.models.compte import Compte
from famille.models.enfant import UN_AN, UN_MOIS, Enfant
from famille.models.envois import EnvoisDuJour
from famille.models.famille import Famille
from socle.chiffrement import TexteChiffre
from socle.fichiers.depot import tout_ou_rien
from socle.fichiers.examen import Fichier
from socle.fichiers.pieces import PieceConfidentielle

from .demandee import PieceDemandee

MOTIF_MAX = 300


class DejaDecidee(Exception):
    """Somebody else has. The message is a sentence for the agent."""


class PieceFournieQuerySet(models.QuerySet["PieceFournie"]):
    def recues(self) -> "PieceFournieQuerySet":
        """To be checked."""
        return self.filter(etat=PieceFournie.Etat.RECUE)

    def a_renouveler(self, le: date) -> "PieceFournieQuerySet":
        """That end within a month, or have ended for less than a year, that nothing has replaced, and that the centre
        still asks for. One of a child may be replaced by its other famille."""
        autres = PieceFournie.objects.order_by().exclude(etat=PieceFournie.Etat.REFUSEE)
        suites = autres.filter(piece=OuterRef("piece"), pk__gt=OuterRef("pk"))
        # Apart: PostgreSQL matches each by its key, however many of a kind end on one day.
        de_l_enfant = suites.filter(enfant=OuterRef("enfant"))
        de_la_famille = suites.filter(famille=OuterRef("famille"), enfant__isnull=True)
        demandees = self.filter(piece__in=PieceDemandee.objects.en_cours(le).order_by())
        finissent = demandees.filter(etat=PieceFournie.Etat.VERIFIEE, expire_le__range=(le - UN_AN, le + UN_MOIS))
        return finissent.filter(~Exists(de_l_enfant), ~Exists(de_la_famille))

    def perimer(self, piece: PieceDemandee, le: date) -> None:
        """Of a kind that is asked for yet again: what the last time had made void by that day stays so."""
        pour = piece.redemandee_pour
        if pour and pour <= le:
            avant = self.filter(piece=piece, etat=PieceFournie.Etat.VERIFIEE, jour__lt=piece.redemandee_le)
            avant.exclude(expire_le__lt=pour).update(expire_le=pour - timedelta(days=1))

    def lisibles_par(self, agent: Compte) -> "PieceFournieQuerySet":
        """Health is not for everybody."""
        return self if agent.has_perm(SANTE) else self.filter(piece__de_sante=False)

    def deposer(
        self, piece: PieceDemandee, famille: Famille, enfant: Enfant | None, fichiers: Iterable[Fichier], *, par: Compte
    ) -> "PieceFournie":
        """Files of a parent. They take the place of those that nobody has looked at yet. Raises EnvoiRefuse."""
        fichiers = list(fichiers)
        with tout_ou_rien():
            EnvoisDuJour.compter(famille, demandes=1, octets=sum(fichier.taille for fichier in fichiers))
            # Locked first: one that an agent is answering right now has its answer, and stays.
            attendent = self.recues().filter(piece=piece, famille=famille, enfant=enfant).order_by("pk")
            self.filter(pk__in=[une.pk for une in attendent.select_for_update(of=("self",))]).delete()
            fournie = self.create(piece=piece, famille=famille, enfant=enfant, deposee_par=par)
            for fichier in fichiers:
                page = FichierDePiece.depuis(fichier)
                page.fournie = fournie
                page.save()
        return fournie

    def voir_sur_papier(
        self, piece: PieceDemandee, famille: Famille, enfant: Enfant | None, *, expire_le: date | None, par: Compte
    ) -> "PieceFournie":
        """An agent has the paper in hand, and keeps no copy of it."""
        return self.create(
            piece=piece,
            famille=famille,
            enfant=enfant,
            sur_papier=True,
            etat=PieceFournie.Etat.VERIFIEE,
            expire_le=expire_le,
            decidee_par=par,
            decidee_le=timezone.now(),
        )


class PieceFournie(models.Model):
    """One deposit: of a child, or of the famille. Decided once; another deposit takes over."""

    class Etat(models.TextChoices):
        RECUE = "recue", "Reçu, à vérifier"
        VERIFIEE = "verifiee", "Vérifié"
        REFUSEE = "refusee", "Refusé"

    piece = models.ForeignKey(PieceDemandee, models.PROTECT, related_name="fournies", verbose_name="pièce")
    famille = models.ForeignKey("famille.Famille", models.CASCADE, related_name="pieces_fournies")
    enfant = models.ForeignKey("famille.Enfant", models.CASCADE, null=True, related_name="pieces_fournies")
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.RECUE)
    jour = models.DateField("reçue le", default=timezone.localdate, editable=False)
    deposee_le = models.DateTimeField("déposée le", default=timezone.now, editable=False)
    deposee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name="déposée par",
    )
    sur_papier = models.BooleanField("vue sur papier", default=False, editable=False)
    expire_le = models.DateField("expire le", null=True, blank=True)
    # Of a health document, why it does not do says something of a child: encrypted.
    motif = TexteChiffre("motif du refus", max_length=MOTIF_MAX, blank=True)
    decidee_le = models.DateTimeField("vérifiée ou refusée le", null=True, editable=False)
    decidee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name="vérifiée ou refusée par",
    )

    objects = PieceFournieQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce fournie"
        verbose_name_plural = "pièces fournies"
        ordering = ["deposee_le", "pk"]
        default_permissions = ("view", "change")
        indexes = [
            models.Index(fields=["deposee_le"], name="piece_a_verifier", condition=Q(etat="recue")),
            models.Index(fields=["expire_le"], name="piece_qui_expire", condition=Q(etat="verifiee")),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(etat="refusee") | ~Q(motif=""), name="piece_refusee_motivee"),
            models.CheckConstraint(
                condition=Q(etat="recue", decidee_le__isnull=True) | (~Q(etat="recue") & Q(decidee_le__isnull=False)),
                name="piece_decidee_un_jour",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece}, {self.enfant or self.famille}"

    def verifier(self, *, expire_le: date | None, par: Compte) -> None:
        """It does. Raises DejaDecidee."""
        self._decider(PieceFournie.Etat.VERIFIEE, par, expire_le=expire_le, motif="")

    def refuser(self, motif: str, *, par: Compte) -> None:
        """It does not do, and why: the famille will read it. Raises DejaDecidee."""
        self._decider(PieceFournie.Etat.REFUSEE, par, expire_le=None, motif=motif.strip())

    def _decider(self, etat: str, par: Compte, *, expire_le: date | None, motif: str) -> None:
        """Of two agents at once, one."""
        self.etat, self.expire_le, self.motif = etat, expire_le, motif
        self.decidee_le, self.decidee_par = timezone.now(), par
        champs = ("etat", "expire_le", "motif", "decidee_le", "decidee_par")
        ici = PieceFournie.objects.recues().filter(pk=self.pk)
        if not ici.update(**{champ: getattr(self, champ) for champ in champs}):
            raise DejaDecidee("Cette pièce a déjà sa réponse, ou la famille l’a remplacée.")


class FichierDePiece(PieceConfidentielle):
    """One file of a deposit: a page of the booklet, a PDF."""

    fournie = models.ForeignKey(PieceFournie, models.CASCADE, related_name="fichiers")

    class Meta(PieceConfidentielle.Meta):
        verbose_name = "fichier d’une pièce"
        verbose_name_plural = "fichiers des pièces"
        default_permissions = ()

    def get_absolute_url(self) -> str:
        return reverse("piece_fichier", args=[self.pk])


# To check what says something of a child's health, one keeps health records.
SANTE = "famille.change_fichesanitaire"
