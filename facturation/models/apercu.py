"""What a campaign would write, reckoned by the queue and kept: a city's takes too long for a page."""

from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

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

    def avancer(self, comptees: int, total: int) -> None:
        """How far the reckoning has come, in familles."""
        self._noter(familles_comptees=comptees, familles_a_compter=total)

    def conclure(self, contenu: dict) -> None:
        self._noter(contenu=contenu, calcule_le=timezone.now())

    def _noter(self, **valeurs: object) -> None:
        # By its key: asked for anew since, this row is gone, and must not come back.
        ApercuDeCampagne.objects.filter(pk=self.pk).update(**valeurs)
