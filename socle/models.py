"""What the base of the portal remembers by itself."""

from django.db import models
from django.utils import timezone

from socle.chiffrement import JsonChiffre, TexteChiffre


class DroitAccorde(models.Model):
    """A right that a table has given to a group, once: withdrawn since by the town, it is not given again."""

    groupe = models.CharField(max_length=150)
    permission = models.CharField(max_length=150)

    class Meta:
        verbose_name = "droit accordé"
        verbose_name_plural = "droits accordés"
        ordering = ["groupe", "permission"]
        constraints = [models.UniqueConstraint(fields=["groupe", "permission"], name="un_droit_accorde_une_fois")]
        # Kept by us, never written by hand.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.groupe}\u00a0: {self.permission}"


class FormulaireEnvoye(models.Model):
    """A form that has acted, and what it led to: sent again, it shows that, and does nothing.

    Written in the transaction of the act. `jeton` is a SHA-256, `empreinte` (of what was typed) a keyed one.
    """

    jeton = models.CharField(max_length=64, unique=True)
    empreinte = models.CharField(max_length=64)
    # It names people: « La réponse à Mme Martin est envoyée. »
    suite = JsonChiffre(default=dict)
    le = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "formulaire envoyé"
        verbose_name_plural = "formulaires envoyés"
        ordering = ["-le"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"formulaire envoyé le {self.le:%d/%m/%Y}"

    def clore(self, suite: dict[str, object]) -> None:
        """It has acted: what it led to is kept."""
        if self.pk:
            self.suite = suite
            self.save(update_fields=["suite"])

    def rendre(self) -> None:
        """It was refused: it may be sent again."""
        if self.pk:
            self.delete()


class Temoin(models.Model):
    """One row, encrypted when the base was made: keys that do not open it are another town's. See socle.cles."""

    phrase = TexteChiffre()

    class Meta:
        verbose_name = "témoin des clés"
        verbose_name_plural = "témoins des clés"
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="un_seul_temoin_des_cles")]

    def __str__(self) -> str:
        return "témoin des clés"


class ReglageQuerySet(models.QuerySet):
    def en_vigueur(self) -> "ReglageQuerySet":
        """The last version of each."""
        return self.order_by("cle", "-pk").distinct("cle")

    def de(self, cle: str) -> "ReglageQuerySet":
        """The versions of one, newest first."""
        return self.filter(cle=cle).order_by("-pk")


class Reglage(models.Model):
    """A version of what the direction has set: the last one of each `cle` holds. See socle.reglages."""

    cle = models.CharField("clé", max_length=60)
    valeurs = models.JSONField(default=dict)
    le = models.DateTimeField(default=timezone.now)
    par = models.CharField(max_length=150)

    objects = ReglageQuerySet.as_manager()

    class Meta:
        verbose_name = "réglage"
        verbose_name_plural = "réglages"
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("regler_le_portail", "Peut régler le portail")]
        indexes = [models.Index(fields=["cle", "-id"], name="reglage_par_version")]

    def __str__(self) -> str:
        return f"{self.cle}, {self.le:%d/%m/%Y}"
