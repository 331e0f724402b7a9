"""The ties between children and familles, seen from either side. A tie is added or removed, never changed."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from famille.models import Rattachement
from famille.models.retenues import retenues
from socle.admin.choix import ChoixDits
from socle.admin.lecture import SansModification
from socle.admin.tableau import LignesNommees, Tableau


class Rattachements(LignesNommees):
    """A child leaves a famille once nothing of what is to come is booked there."""

    def clean(self) -> None:
        super().clean()
        quittes = [form.instance for form in self.deleted_forms]
        phrases = [phrase for quitte in quittes for phrase in retenues(quitte.famille, quitte.enfant)]
        if phrases:
            raise ValidationError(phrases)


class RattachementInline(SansModification, ChoixDits, Tableau):
    model = Rattachement
    formset = Rattachements

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rattachement]:
        return super().get_queryset(request).select_related("enfant", "famille")


class RattachementDeFamilleInline(RattachementInline):
    autocomplete_fields = ["enfant"]
    verbose_name = "enfant"
    verbose_name_plural = "enfants"


class RattachementDEnfantInline(RattachementInline):
    autocomplete_fields = ["famille"]
    verbose_name = "famille"
    verbose_name_plural = "familles"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rattachement]:
        return super().get_queryset(request).prefetch_related("famille__responsables")
