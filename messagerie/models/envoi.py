"""A mailing: the same message to many familles, one thread each."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from famille.models import Compte, Famille
from messagerie.destinataires.sortes import Destinataires

from .fil import Fil
from .message import TEXTE_MAX


class EnvoiQuerySet(models.QuerySet["Envoi"]):
    def en_cours(self) -> "EnvoiQuerySet":
        """Launched, with familles still to write to."""
        return self.filter(Exists(Destination.objects.a_servir().filter(envoi=OuterRef("pk"))))


class Envoi(models.Model):
    """A mailing. A draft until it is launched: then its recipients are rows, and nothing of it changes any more."""

    AU_LIEU_DE_SUPPRIMER = "écrivez un nouveau message pour le corriger. Ce qui est parti est peut-être lu."

    sujet = models.CharField(max_length=150)
    texte = models.TextField(max_length=TEXTE_MAX)
    sorte = models.CharField("sorte de destinataires", max_length=30, editable=False)
    cible = models.CharField("destinataires", max_length=300, blank=True, editable=False)
    criteres = models.JSONField("critères", default=dict, editable=False)
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name="créé par"
    )
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    lance_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="lancé par"
    )
    lance_le = models.DateTimeField("lancé le", null=True, editable=False)

    objects = EnvoiQuerySet.as_manager()

    # Annotated by the agents' list: how many familles, how many have it.
    prevues: int
    servies: int

    class Meta:
        verbose_name = "message à plusieurs familles"
        verbose_name_plural = "messages à plusieurs familles"
        ordering = ["-cree_le"]

    def __str__(self) -> str:
        return self.sujet

    @property
    def est_lance(self) -> bool:
        return self.lance_le is not None

    def destinataires(self) -> Destinataires:
        """The form of its kind of recipients, filled with its criteria."""
        return Destinataires.sortes[self.sorte](data=self.criteres)

    def familles(self) -> QuerySet[Famille]:
        """Those it would go to now: none as long as its criteria are missing, or no longer hold."""
        destinataires = self.destinataires()
        return destinataires.familles().order_by("numero") if destinataires.is_valid() else Famille.objects.none()

    def familles_retenues(self) -> QuerySet[Famille]:
        """Those it goes to: fixed once it is launched."""
        if not self.est_lance:
            return self.familles()
        return Famille.objects.filter(pk__in=self.destinations.values("famille")).order_by("numero")

    def fixer(self, familles: list[int], *, par: Compte) -> None:
        """Launched: it goes to these familles, in the caller's transaction. See messagerie.envois.lancement."""
        Destination.objects.bulk_create((Destination(envoi=self, famille_id=pk) for pk in familles), batch_size=1000)
        self.lance_par, self.lance_le = par, timezone.now()
        self.cible = self._cible()
        self.save(update_fields=["lance_par", "lance_le", "cible"])

    def _cible(self) -> str:
        destinataires = self.destinataires()
        return destinataires.resume()[:300] if destinataires.is_valid() else ""


class DestinationQuerySet(models.QuerySet["Destination"]):
    def a_servir(self) -> "DestinationQuerySet":
        return self.filter(fil=None)


class Destination(models.Model):
    """A famille of a launched mailing. Written to once it has its thread."""

    envoi = models.ForeignKey(Envoi, models.CASCADE, related_name="destinations")
    famille = models.ForeignKey(Famille, models.CASCADE, related_name="+")
    # CASCADE: a thread that goes takes its destination with it, which must not look unserved.
    fil = models.OneToOneField(Fil, models.CASCADE, null=True, related_name="destination")

    objects = DestinationQuerySet.as_manager()

    class Meta:
        verbose_name = "destination"
        verbose_name_plural = "destinations"
        constraints = [
            models.UniqueConstraint(fields=["envoi", "famille"], name="une_destination_par_envoi_et_famille")
        ]
        indexes = [models.Index(fields=["envoi"], condition=models.Q(fil=None), name="destination_a_servir")]

    def __str__(self) -> str:
        return f"{self.envoi} → {self.famille_id}"
