"""The régies, for agents: what their invoices say, which structures they bill."""

from django.contrib import admin
from django.db.models import Model, prefetch_related_objects
from django.http import HttpRequest

from facturation.models import Compteur, Regie, StructureEnRegie
from planning.models import Prestation
from planning.portee.ecart import Lecture
from planning.portee.jours import JoursTouches, desormais
from socle.admin.confirmation import ConfirmeAvant
from socle.admin.formulaire import ChampsFixes
from socle.admin.lecture import LectureSeule
from socle.admin.tableau import Tableau


class StructureEnRegieInline(Tableau):
    model = StructureEnRegie


class CompteurInline(LectureSeule, admin.TabularInline):
    """The last numbers given, to read only."""

    model = Compteur
    fields = readonly_fields = ("genre", "dernier")
    extra = 0


@admin.register(Regie)
class RegieAdmin(ConfirmeAvant[Lecture], ChampsFixes):
    list_display = ["code", "nom"]
    fixes = ["code"]  # it has numbered operations
    fields = [
        ("code", "nom"),
        ("siret", "numcli"),
        "ordre_cheque",
        "delai_paiement_jours",
        "moyens_de_paiement",
        "contestation",
    ]
    inlines = [StructureEnRegieInline, CompteurInline]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Regie | None:
        """With the structures that it bills before the page changes them."""
        regie = super().get_object(request, object_id, from_field)
        if regie is not None:
            prefetch_related_objects([regie], "structures")
        return regie

    def portee(self, ancien: Model | None, nouveau: Model | None) -> JoursTouches | None:
        """The days that another régie will bill, those of the structures that come or go."""
        if not isinstance(nouveau, Regie):
            return None
        avant = {structure.pk for structure in ancien.structures.all()} if isinstance(ancien, Regie) else set()
        apres = set(StructureEnRegie.objects.filter(regie=nouveau).values_list("structure", flat=True))
        if avant == apres:
            return None
        prestations = Prestation.objects.filter(structure__in=avant ^ apres)
        du, fin = desormais(prestations)
        return JoursTouches(prestations, [(du, fin)], borne=fin)
