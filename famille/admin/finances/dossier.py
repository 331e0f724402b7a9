"""What the pages of a famille's pieces (CAF, QF, taxes, bank) have in common."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from famille.admin import recherche
from socle.admin.choix import ChoixDits
from socle.admin.formulaire import ChampsFixes
from socle.admin.recherche import RechercheParMots


class PieceDuDossier(ChoixDits, ChampsFixes, RechercheParMots):
    """A piece of a famille's record: found by the famille's number or names, and never moved to another famille."""

    autocomplete_fields = fixes = ["famille"]
    list_select_related = ["famille"]

    def trouve(self, mot: str) -> Q:
        return recherche.famille(mot, "famille")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # The name of a famille is that of its responsables.
        return super().get_queryset(request).prefetch_related("famille__responsables")
