"""The caisse and the quotients familiaux, for agents."""

from django.contrib import admin
from django.db.models import Q

from famille.admin.finances.dossier import PieceDuDossier
from famille.models import InformationsCaf, QuotientFamilial
from francais import nombre
from socle.admin.confirmation import ConfirmeAvant
from socle.admin.tableau import LignesDeLaFiche, Tableau


class InformationsCafInline(admin.StackedInline):
    model = InformationsCaf
    formset = LignesDeLaFiche
    extra = 0
    show_change_link = True


class QuotientFamilialInline(Tableau):
    model = QuotientFamilial
    show_change_link = True


@admin.register(InformationsCaf)
class InformationsCafAdmin(PieceDuDossier):
    list_display = ["famille", "numero_allocataire", "regime"]
    list_filter = ["regime"]
    fields = ["famille", "numero_allocataire", "regime"]

    def trouve(self, mot: str) -> Q:
        return super().trouve(mot) | Q(numero_allocataire__icontains=mot)


@admin.register(QuotientFamilial)
class QuotientFamilialAdmin(PieceDuDossier, ConfirmeAvant):
    """What it reprices, an app above knows: said before it is saved."""

    list_display = ["famille", "quotient", "date_effet"]
    list_filter = ["date_effet"]
    date_hierarchy = "date_effet"
    fields = ["famille", "valeur", "date_effet"]

    @admin.display(description="quotient familial", ordering="valeur")
    def quotient(self, quotient: QuotientFamilial) -> str:
        return f"{nombre(quotient.valeur)}\u00a0€"
