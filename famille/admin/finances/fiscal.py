"""The tax notices of a famille, for agents."""

from django.contrib import admin

from famille.admin.finances.dossier import PieceDuDossier
from famille.models import InformationsFiscales
from francais import nombre
from socle.admin.tableau import Tableau


class InformationsFiscalesInline(Tableau):
    model = InformationsFiscales
    show_change_link = True


@admin.register(InformationsFiscales)
class InformationsFiscalesAdmin(PieceDuDossier):
    list_display = ["famille", "annee", "revenu", "parts"]
    list_filter = ["annee"]
    fields = ["famille", "annee", "revenu_fiscal_reference", "parts"]

    @admin.display(description="revenu fiscal de référence", ordering="revenu_fiscal_reference")
    def revenu(self, informations: InformationsFiscales) -> str:
        return f"{nombre(informations.revenu_fiscal_reference)}\u00a0€"
