"""A note of the centre on a famille: « préfère qu’on appelle le père », between agents."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from famille.models.compte import Compte
from famille.models.famille import Famille
from socle.chiffrement import TexteChiffre

NOTE_MAX = 2000


class NoteDuCentreQuerySet(models.QuerySet["NoteDuCentre"]):
    def ecrire(self, famille: Famille, texte: str, *, par: Compte) -> "NoteDuCentre":
        return self.create(famille=famille, texte=texte.strip(), par=par)


class NoteDuCentre(models.Model):
    """No page shows it to parents; the copy of their data does, as the law wants. Never changes."""

    famille = models.ForeignKey("famille.Famille", models.CASCADE, related_name="notes")
    # Whatever agents write of a household: encrypted.
    texte = TexteChiffre(max_length=NOTE_MAX)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="écrite par",
    )
    le = models.DateTimeField("écrite le", default=timezone.now, editable=False)

    objects = NoteDuCentreQuerySet.as_manager()

    class Meta:
        verbose_name = "note du centre"
        verbose_name_plural = "notes du centre"
        ordering = ["-le", "-pk"]
        default_permissions = ("view", "add", "delete")
        constraints = [models.CheckConstraint(condition=~Q(texte=""), name="note_non_vide")]

    def __str__(self) -> str:
        return f"Note n°\u00a0{self.pk}"
