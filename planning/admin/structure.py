"""The structures, for agents; and how one says since when a structure or a prestation is no longer there."""

from datetime import date

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

import francais
from planning.models import Encadrement, Prestation, Structure
from planning.models.structure import actives
from planning.portee.ecart import Lecture
from planning.portee.jours import JoursTouches, desormais
from planning.regles.jours import UN_JOUR
from socle.admin.confirmation import ConfirmeAvant
from socle.admin.filtres import Filtre
from socle.admin.tableau import Tableau


class EnActivite(Filtre):
    title, parameter_name = "activité", "activite"
    choix = [("oui", "Proposées aujourd’hui"), ("non", "Inactives")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "oui":
                return queryset.filter(actives(timezone.localdate()))
            case "non":
                return queryset.exclude(actives(timezone.localdate()))
        return queryset


class EncadrementInline(Tableau):
    model = Encadrement


@admin.register(Structure)
class StructureAdmin(ConfirmeAvant[Lecture]):
    list_display = ["nom", "ordre", "activite"]
    list_filter = [EnActivite]
    inlines = [EncadrementInline]

    def portee(self, ancien: Model | None, nouveau: Model | None) -> JoursTouches | None:
        """Its prestations end with it."""
        if not isinstance(ancien, Structure) or not isinstance(nouveau, Structure):
            return None
        if ancien.inactive_depuis == nouveau.inactive_depuis:
            return None
        prestations = Prestation.objects.filter(structure=ancien.pk)
        du, fin = desormais(prestations)
        return JoursTouches(prestations, [(du, fin)], raison_d_un_changement(ancien, nouveau), borne=fin)

    @admin.display(description="proposée", ordering="inactive_depuis")
    def activite(self, structure: Structure) -> str:
        return dire_l_activite(structure.inactive_depuis)


def dire_l_activite(inactive_depuis: date | None) -> str:
    """« Oui », « Jusqu’au 30/04/2015 »."""
    if inactive_depuis is None:
        return "Oui"
    if inactive_depuis <= timezone.localdate():
        return f"Non, depuis le {francais.date_courte(inactive_depuis)}"
    return f"Jusqu’au {francais.date_courte(inactive_depuis - UN_JOUR)}"


def raison_d_un_changement(ancien: Prestation | Structure, nouveau: Prestation | Structure) -> str:
    """What the familles whose days fall, or come, are told first."""
    if ancien.inactive_depuis and not nouveau.inactive_depuis:
        return f"«\u00a0{nouveau.nom}\u00a0» est de nouveau proposé."
    if nouveau.inactive_depuis and nouveau.inactive_depuis != ancien.inactive_depuis:
        depuis = francais.date_courte(nouveau.inactive_depuis)
        return f"«\u00a0{nouveau.nom}\u00a0» n’est plus proposé à partir du {depuis}."
    return f"Les jours d’ouverture de «\u00a0{nouveau.nom}\u00a0» ont changé."
