"""The régies, for agents: what their invoices say, which structures they bill."""

from django.contrib import admin

from facturation.models import Compteur, Regie, StructureEnRegie
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
class RegieAdmin(ChampsFixes):
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
