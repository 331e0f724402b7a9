"""A message of a thread, its attachments, and who has read up to where."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from famille.models import Compte
from socle.chiffrement import TexteChiffre
from socle.fichiers.pieces import PieceConfidentielle
from socle.reglages.centre import le_centre

TEXTE_MAX = 10_000


class MessageQuerySet(models.QuerySet["Message"]):
    def non_lus_par(self, compte: Compte) -> "MessageQuerySet":
        """What the centre wrote and this parent has not opened. Nothing from before they had an access."""
        return self.non_lus(compte.pk, compte.cree_le)

    def non_lus(self, compte: int | models.OuterRef, depuis: datetime | models.OuterRef) -> "MessageQuerySet":
        """The same in a larger statement: an account's key, and its creation, or where they are read from."""
        du_compte = models.OuterRef(compte) if isinstance(compte, models.OuterRef) else compte
        lu = Lecture.objects.filter(fil=models.OuterRef("fil"), compte=du_compte, jusqu_a__gte=models.OuterRef("le"))
        return self.filter(~models.Exists(lu), du_centre=True, le__gte=depuis, fil__supprime_le=None)


class Message(models.Model):
    """What one person wrote. Never changes."""

    fil = models.ForeignKey("messagerie.Fil", models.CASCADE, related_name="messages")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    signature = models.CharField(max_length=210, blank=True)
    du_centre = models.BooleanField("écrit par le centre")
    texte = TexteChiffre(max_length=TEXTE_MAX)
    le = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        ordering = ["le", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(texte=""), name="message_non_vide"),
            models.CheckConstraint(condition=Q(du_centre=True) | ~Q(signature=""), name="message_signe_par_la_famille"),
        ]

    def __str__(self) -> str:
        return self.de

    @property
    def de(self) -> str:
        """« Jean DUPONT », « Centre social Les Tilleuls (Alice MAIRIE) »."""
        if not self.du_centre:
            return self.signature
        centre = le_centre().nom
        return f"{centre} ({self.signature})" if self.signature else centre


class Piece(PieceConfidentielle):
    """A file sent with a message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="pieces", editable=False)

    class Meta(PieceConfidentielle.Meta):
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"

    def get_absolute_url(self) -> str:
        return reverse("messagerie:piece", args=[self.pk])


class Lecture(models.Model):
    """A person has read a thread up to that moment. Each parent of a famille reads for themselves."""

    fil = models.ForeignKey("messagerie.Fil", models.CASCADE, related_name="lectures")
    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    jusqu_a = models.DateTimeField("jusqu’à")

    class Meta:
        verbose_name = "lecture"
        verbose_name_plural = "lectures"
        constraints = [models.UniqueConstraint(fields=["fil", "compte"], name="une_lecture_par_fil_et_compte")]

    def __str__(self) -> str:
        return f"{self.compte} → {self.fil}"
