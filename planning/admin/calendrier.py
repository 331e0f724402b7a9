"""The town's calendar, for agents. What an agent has written, `importer_calendrier` leaves alone."""

from typing import cast

from django import forms
from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

import francais
from planning.admin.importation_du_calendrier import PageDImportation
from planning.calendrier.avertissement import avertir_du_calendrier
from planning.models import Fermeture, JourFerie, Prestation, Vacances
from planning.models.calendrier import Source
from planning.portee.ecart import Lecture
from planning.portee.jours import JoursTouches
from socle.admin.confirmation import ConfirmeAvant
from socle.admin.filtres import Filtre
from socle.admin.formulaire import ChampsFixes
from socle.admin.lecture import SansSuppression


class APartirDe(Filtre):
    """The years to come first: nobody sets up the past."""

    title, parameter_name = "période", "periode"
    defaut = "En cours et à venir"
    choix = [("passees", "Passés"), ("toutes", "Tous")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        fin = "jour" if queryset.model is JourFerie else "au"
        a_venir = Q(**{f"{fin}__gte": timezone.localdate()})
        match self.value():
            case "passees":
                return queryset.exclude(a_venir)
            case "toutes":
                return queryset
        return queryset.filter(a_venir)


class DitCeQuiManque(admin.ModelAdmin):
    """A list that says first what the calendar lacks."""

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        avertir_du_calendrier(request)
        return super().changelist_view(request, extra_context)


@admin.register(Vacances)
class VacancesAdmin(PageDImportation, DitCeQuiManque, ConfirmeAvant[Lecture]):
    list_display = ["nom", "genre", "du", "au", "zone", "source"]
    list_filter = [APartirDe, "genre"]
    fields = ["nom", "genre", "du", "au", "zone"]

    def portee(self, ancien: Model | None, nouveau: Model | None) -> JoursTouches:
        """Holidays open some prestations and close others."""
        periodes = [(vacances.du, vacances.au) for vacances in (ancien, nouveau) if isinstance(vacances, Vacances)]
        return JoursTouches(Prestation.objects.all(), periodes, "Les dates des vacances scolaires ont changé.")

    def has_delete_permission(self, request: HttpRequest, obj: Vacances | None = None) -> bool:
        # The import would bring back what it has brought once.
        return super().has_delete_permission(request, obj) and not (obj and obj.du_importe)


@admin.register(JourFerie)
class JourFerieAdmin(SansSuppression, ChampsFixes, DitCeQuiManque, ConfirmeAvant[Lecture]):
    """Moved or deleted, the import would bring it back: struck out (« travaillé »), it stays so."""

    list_display = ["jour", "nom", "travaille", "source"]
    list_filter = [APartirDe]
    fields = ["jour", "nom", "travaille"]
    fixes = ["jour"]

    def portee(self, ancien: Model | None, nouveau: Model | None) -> JoursTouches:
        feries = [ferie for ferie in (ancien, nouveau) if isinstance(ferie, JourFerie)]
        jour = feries[-1].jour
        accueil = (
            "est férié, mais travaillé\u00a0: le centre est ouvert"
            if feries[-1].travaille
            else "est férié\u00a0: le centre est fermé"
        )
        raison = f"Le {francais.jour_et_mois(jour)} {accueil}."
        return JoursTouches(Prestation.objects.all(), [(jour, jour)], raison)

    def save_model(self, request: HttpRequest, obj: JourFerie, form: forms.ModelForm, change: bool) -> None:
        obj.source = Source.AGENT
        super().save_model(request, obj, form, change)


@admin.register(Fermeture)
class FermetureAdmin(ConfirmeAvant[Lecture]):
    list_display = ["motif", "ou", "du", "au"]
    list_filter = [APartirDe, "structure"]
    list_select_related = ["structure"]
    fields = ["structure", "du", "au", "motif"]

    def portee(self, ancien: Model | None, nouveau: Model | None) -> JoursTouches:
        fermetures = [fermeture for fermeture in (ancien, nouveau) if isinstance(fermeture, Fermeture)]
        structures = {fermeture.structure_id for fermeture in fermetures}
        prestations = (
            Prestation.objects.all() if None in structures else Prestation.objects.filter(structure__in=structures)
        )
        periodes = [(fermeture.du, fermeture.au) for fermeture in fermetures]
        raison = _raison(fermetures[-1]) if nouveau else "Une fermeture du centre est annulée."
        return JoursTouches(prestations, periodes, raison)

    def get_form(
        self, request: HttpRequest, obj: Fermeture | None = None, change: bool = False, **options: object
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **options)
        if "structure" in form.base_fields:
            cast(forms.ModelChoiceField, form.base_fields["structure"]).empty_label = "Toutes les structures"
        return form

    @admin.display(description="structure", ordering="structure")
    def ou(self, fermeture: Fermeture) -> str:
        return str(fermeture.structure) if fermeture.structure else "Toutes"


def _raison(fermeture: Fermeture) -> str:
    """« Accueil de Loisirs est fermé du 13/05/2015 au 15/05/2015 : pont de l’Ascension. »"""
    ou = f"«\u00a0{fermeture.structure}\u00a0» est fermé" if fermeture.structure else "Le centre est fermé"
    return f"{ou} {francais.periode(fermeture.du, fermeture.au)}\u00a0: {fermeture.motif}."
