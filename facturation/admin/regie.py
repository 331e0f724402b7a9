"""The régies, for agents: what their invoices say, which structures they bill."""

from django.contrib import admin
from django.http import HttpRequest

from facturation.models import Compteur, Regie, StructureEnRegie
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
class RegieAdmin(admin.ModelAdmin):
    list_display = ["code", "nom"]
    fields = [
        ("code", "nom"),
        ("siret", "numcli"),
        "ordre_cheque",
        "delai_paiement_jours",
        "moyens_de_paiement",
        "contestation",
    ]
    inlines = [StructureEnRegieInline, CompteurInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Regie | None = None) -> list[str]:
        """A code that has numbered operations stays theirs."""
        return ["code"] if obj else []
