"""The ties between children and familles, seen from either side. A tie is added or removed, never changed."""

from django.db.models import QuerySet
from django.http import HttpRequest

from famille.models import Rattachement
from socle.admin.choix import ChoixDits
from socle.admin.lecture import SansModification
from socle.admin.tableau import Tableau


class RattachementInline(SansModification, ChoixDits, Tableau):
    model = Rattachement

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rattachement]:
        rattachements = super().get_queryset(request).select_related("enfant", "famille")
        return rattachements.prefetch_related("famille__responsables")


class RattachementDeFamilleInline(RattachementInline):
    autocomplete_fields = ["enfant"]
    verbose_name = "enfant"
    verbose_name_plural = "enfants"


class RattachementDEnfantInline(RattachementInline):
    autocomplete_fields = ["famille"]
    verbose_name = "famille"
    verbose_name_plural = "familles"
