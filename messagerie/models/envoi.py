"""A mailing: the same message to many familles, one thread each, sent by the queue."""

from itertools import chain

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_tasks import task

import francais
from courriels.depot import deposer
from famille.models import Compte, Famille
from messagerie.envois.destinataires import Destinataires

from .fil import Fil, avis_de_message
from .message import TEXTE_MAX, Message

LOT = 200  # familles written to in one transaction


class EnvoiRefuse(Exception):
    """A mailing cannot leave as it is. One French sentence says why."""


class EnvoiQuerySet(models.QuerySet["Envoi"]):
    def en_cours(self) -> "EnvoiQuerySet":
        """Launched, with familles still to write to."""
        return self.filter(Exists(Destination.objects.a_servir().filter(envoi=OuterRef("pk"))))


class Envoi(models.Model):
    """A mailing. A draft until it is launched: then its recipients are rows, and nothing of it changes any more."""

    sujet = models.CharField(max_length=150)
    texte = models.TextField(max_length=TEXTE_MAX)
    sorte = models.CharField("sorte de destinataires", max_length=30, editable=False)
    cible = models.CharField("destinataires", max_length=300, blank=True, editable=False)
    criteres = models.JSONField("critères", default=dict, editable=False)
    cree_par = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
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

    def lancer(self, *, par: Compte, attendues: int) -> None:
        """Fix the recipients and start writing. Raises EnvoiRefuse if they are not as many as the agent saw."""
        with transaction.atomic():
            envoi = Envoi.objects.select_for_update().get(pk=self.pk)
            if envoi.est_lance:
                raise EnvoiRefuse("Ce message est déjà parti.")
            familles = list(envoi.familles().values_list("pk", flat=True))
            if not familles or len(familles) != attendues:
                liste = francais.pluriel(len(familles), "famille")
                raise EnvoiRefuse(f"La liste a changé depuis votre aperçu\u00a0: {liste}. Vérifiez-la, puis envoyez.")
            Destination.objects.bulk_create(
                (Destination(envoi=envoi, famille_id=pk) for pk in familles), batch_size=1000
            )
            envoi.lance_par, envoi.lance_le = par, timezone.now()
            envoi.cible = envoi._cible()
            envoi.save(update_fields=["lance_par", "lance_le", "cible"])
            transaction.on_commit(lambda: expedier.enqueue(envoi.pk), robust=True)
        self.refresh_from_db()

    def expedier_un_lot(self) -> int:
        """Write to some of the familles that were not yet; returns how many, 0 when none is left or free.

        A family is taken by one worker at a time; a worker that dies has written to none of its lot.
        """
        with transaction.atomic():
            lot = Destination.objects.a_servir().filter(envoi=self).select_for_update(skip_locked=True)
            destinations = list(lot.order_by("pk")[:LOT])
            if destinations:
                self._ecrire(destinations)
        return len(destinations)

    def _cible(self) -> str:
        destinataires = self.destinataires()
        return destinataires.resume()[:300] if destinataires.is_valid() else ""

    def _ecrire(self, destinations: list["Destination"]) -> None:
        maintenant = timezone.now()
        par_famille = Famille.objects.avec_responsables().in_bulk([d.famille_id for d in destinations])
        familles = [par_famille[d.famille_id] for d in destinations]
        fils = Fil.objects.bulk_create(
            [Fil(famille=famille, sujet=self.sujet, cree_le=maintenant, dernier_le=maintenant) for famille in familles]
        )
        signature = self.lance_par.get_full_name() if self.lance_par else ""
        messages = Message.objects.bulk_create(
            Message(
                fil=fil, auteur=self.lance_par, signature=signature, du_centre=True, texte=self.texte, le=maintenant
            )
            for fil in fils
        )
        for destination, fil in zip(destinations, fils, strict=True):
            destination.fil = fil
        Destination.objects.bulk_update(destinations, ["fil"])
        courriels = (
            fil.famille.courriels(avis_de_message(fil, message)) for fil, message in zip(fils, messages, strict=True)
        )
        deposer(chain.from_iterable(courriels))


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


@task()
def expedier(envoi_pk: int) -> int:
    """Write to all the familles of a mailing; returns to how many. May run again, or several at once."""
    envoi = Envoi.objects.select_related("lance_par").get(pk=envoi_pk)
    total = 0
    while ecrites := envoi.expedier_un_lot():
        total += ecrites
    return total
