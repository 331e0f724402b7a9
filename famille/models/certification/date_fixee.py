"""From which day each famille must have confirmed its record: once a year, as the centre decides."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.utils import timezone

from famille.models.compte import Compte
from francais import date_courte

from .certification import Certification


class DateDeCertificationQuerySet(models.QuerySet["DateDeCertification"]):
    def redemander(self, le: date, *, par: Compte) -> "DateDeCertification":
        """From that day on, what was certified before no longer counts. Twice is once."""
        return self.get_or_create(le=le, defaults={"par": par})[0]

    def passees(self, jour: date) -> "DateDeCertificationQuerySet":
        return self.filter(le__lte=jour)

    def a_venir(self, jour: date) -> "DateDeCertificationQuerySet":
        return self.filter(le__gt=jour)


class DateDeCertification(models.Model):
    """The last one that has come counts; the others are its history."""

    le = models.DateField("à certifier à partir du", unique=True)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name="fixée par",
    )
    fixee_le = models.DateTimeField("fixée le", default=timezone.now, editable=False)

    objects = DateDeCertificationQuerySet.as_manager()

    class Meta:
        verbose_name = "date de certification"
        verbose_name_plural = "dates de certification"
        ordering = ["-le"]
        default_permissions = ("view", "add", "delete")

    def __str__(self) -> str:
        return date_courte(self.le)

    def a_commence(self, jour: date) -> bool:
        return self.le <= jour


def a_certifier_depuis(famille: Combinable | str, jour: Combinable | date) -> Combinable:
    """To annotate rows with: since when that famille must certify, NULL if it need not. `famille`: the field that
    names it, or its key.

    Not certified since one of the dates is not certified since the last one.
    """
    sienne = OuterRef(OuterRef(famille)) if isinstance(famille, str) else famille
    depuis = Certification.objects.filter(famille=sienne, jour__gte=OuterRef("le"))
    dates = DateDeCertification.objects.filter(~Exists(depuis.order_by()), le__lte=jour)
    return Subquery(dates.order_by("-le").values("le")[:1])
