"""The prestations, for agents: their rules, their places day by day, and the way to their months and rolls."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTimeWidget
from django.db.models import Model, QuerySet, TimeField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

import francais
from planning.admin.presences.appel import PagesDAppel
from planning.admin.presences.mois import PagesDuMois
from planning.admin.presences.repas import PagesDeRepas
from planning.admin.structure import EnActivite, dire_l_activite, raison_d_un_changement
from planning.models import PlacesDuJour, Prestation
from planning.portee.jours import JoursTouches, desormais
from planning.portee.places import PlacesTouchees
from socle.admin.confirmation import ConfirmeAvant, Portees
from socle.admin.mise_en_page import Colonne
from socle.admin.tableau import Tableau


class PlacesDuJourInline(Tableau):
    model = PlacesDuJour

    def get_queryset(self, request: HttpRequest) -> QuerySet[PlacesDuJour]:
        """Each row is named by its prestation too."""
        return super().get_queryset(request).select_related("prestation")


@admin.register(Prestation)
class PrestationAdmin(ConfirmeAvant[list], PagesDAppel, PagesDuMois, PagesDeRepas):
    list_display = ["nom", "structure", "horaires", "places", "activite", "pages"]
    non_exportees = frozenset({"pages"})
    list_filter = ["structure", EnActivite]
    list_select_related = ["structure"]
    inlines = [PlacesDuJourInline]
    # Whole minutes: nobody opens at 13:30:00.
    formfield_overrides = {TimeField: {"widget": AdminTimeWidget(format="%H:%M")}}
    fieldsets = [
        (None, {"fields": ["structure", "nom", "ordre", "inactive_depuis"]}),
        ("Ouverture", {"fields": ["jours_scolaires", "jours_petites_vacances", "jours_grandes_vacances"]}),
        ("Horaires", {"fields": [("heure_debut", "heure_fin")]}),
        ("Accueil", {"fields": [("age_min", "age_max"), "places", "repas"]}),
        (
            "Délais",
            {
                "fields": [
                    ("delai_reservation_jours", "delai_reservation_heure"),
                    ("delai_absence_jours", "delai_absence_heure"),
                    "hors_delai_autorise",
                ]
            },
        ),
        ("Validation", {"fields": ["validation"]}),
    ]

    def portee(self, ancien: Model | None, nouveau: Model | None) -> Portees | None:
        """The days that are not billed yet, if its hours, its days or its structure change; and its places."""
        if not isinstance(ancien, Prestation) or not isinstance(nouveau, Prestation):
            return None
        prestations = Prestation.objects.filter(pk=ancien.pk)
        du, fin = desormais(prestations)
        places = PlacesTouchees(prestations, timezone.localdate(), fin)
        if ancien.regles == nouveau.regles:
            return Portees([places])
        raison = raison_d_un_changement(ancien, nouveau)
        return Portees([JoursTouches(prestations, [(du, fin)], raison, borne=fin), places])

    @admin.display(description="proposée", ordering="inactive_depuis")
    def activite(self, prestation: Prestation) -> str:
        return dire_l_activite(prestation.inactive_depuis)

    @admin.display(description="horaires", ordering="heure_debut")
    def horaires(self, prestation: Prestation) -> str:
        return f"de {francais.heure(prestation.heure_debut)} à {francais.heure(prestation.heure_fin)}"

    @admin.display(description="planning")
    def pages(self, prestation: Prestation) -> SafeString:
        return format_html(
            '<a href="{}" aria-label="Mois, {}">Mois</a> · <a href="{}" aria-label="Appel, {}">Appel</a>',
            reverse("admin:planning_prestation_mois_courant", args=[prestation.pk]),
            prestation,
            _appel_d_aujourd_hui(prestation.pk),
            prestation,
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        contexte = {**(extra_context or {}), "peut_lire": self.peut_lire_les_effectifs(request)}
        return super().changelist_view(request, contexte)

    def get_list_display(self, request: HttpRequest) -> list[Colonne]:
        lisible = self.peut_lire_les_effectifs(request)
        return [colonne for colonne in self.list_display if lisible or colonne != "pages"]


def _appel_d_aujourd_hui(prestation: int) -> str:
    jour = timezone.localdate()
    return reverse("admin:planning_prestation_appel", args=[prestation, jour.year, jour.month, jour.day])
