"""What a campaign would write, reckoned by the queue and kept: a city's takes too long for a page."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from francais import euros

from .campagne import CampagneDeFacturation


class ApercuManager(models.Manager["ApercuDeCampagne"]):
    @transaction.atomic
    def recommencer(self, campagne: CampagneDeFacturation, *, au: date) -> "ApercuDeCampagne":
        """To be reckoned, as of the day `au`. The former one goes, and whoever still reckons it writes nowhere."""
        # Two clicks at once: one after the other.
        CampagneDeFacturation.objects.select_for_update(no_key=True, of=("self",)).get(pk=campagne.pk)
        self.filter(campagne=campagne).delete()
        return self.create(campagne=campagne, au=au)


class ApercuDeCampagne(models.Model):
    """The preview of a campaign. Under way until `calcule_le`; then `contenu` is what `Apercu.en_json` gave."""

    campagne = models.OneToOneField(CampagneDeFacturation, models.CASCADE, related_name="apercu")
    au = models.DateField("au")
    demande_le = models.DateTimeField("demandé le", default=timezone.now)
    familles_a_compter = models.PositiveIntegerField("familles à compter", null=True)
    familles_comptees = models.PositiveIntegerField("familles comptées", default=0)
    calcule_le = models.DateTimeField("calculé le", null=True)
    contenu = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = ApercuManager()

    class Meta:
        verbose_name = "aperçu de campagne"
        verbose_name_plural = "aperçus de campagne"

    def __str__(self) -> str:
        return f"Aperçu, {self.campagne}"

    @property
    def est_pret(self) -> bool:
        return self.calcule_le is not None

    def commencer(self) -> None:
        """From nothing: a worker that was killed half-way has left what it had reckoned."""
        PartDApercu.objects.filter(apercu=self).delete()

    def avancer(self, comptees: int, total: int) -> None:
        """How far the reckoning has come, in familles."""
        self._noter(familles_comptees=comptees, familles_a_compter=total)

    @transaction.atomic
    def recueillir(self, montants: Mapping[int, Decimal]) -> None:
        """What some more familles would get, {famille: €}. Asked for anew since: nothing."""
        if ApercuDeCampagne.objects.select_for_update(no_key=True).filter(pk=self.pk).exists():
            parts = [PartDApercu(apercu=self, famille_id=pk, montant=montant) for pk, montant in montants.items()]
            PartDApercu.objects.bulk_create(parts)

    def conclure(self, contenu: dict) -> None:
        self._noter(contenu=contenu, calcule_le=timezone.now())

    def _noter(self, **valeurs: object) -> None:
        # By its key: asked for anew since, this row is gone, and must not come back.
        ApercuDeCampagne.objects.filter(pk=self.pk).update(**valeurs)


class PartDApercu(models.Model):
    """What one famille would get: billed, or given back if below zero."""

    apercu = models.ForeignKey(ApercuDeCampagne, models.CASCADE, related_name="parts", db_index=False)
    famille = models.ForeignKey("famille.Famille", models.CASCADE, related_name="+")
    montant = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = "part d’un aperçu"
        verbose_name_plural = "parts d’un aperçu"
        # What stands out is read first.
        ordering = ["-montant", "famille_id"]
        # Kept by us, shown by the page of the campaign.
        default_permissions = ()
        indexes = [models.Index(fields=["apercu", "-montant", "famille"], name="parts_d_un_apercu")]

    def __str__(self) -> str:
        return f"{self.famille}\u00a0: {euros(self.montant)}"
