"""Announcements, for agents."""

from typing import cast

from django.contrib import admin
from django.db.models import ManyToManyField, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from messagerie.models import Information
from messagerie.models.information import ParutionQuerySet
from socle.admin.filtres import Filtre
from socle.admin.mise_en_page import Champs


class Visibilite(Filtre):
    """What parents see today, what they will, what is archived."""

    title, parameter_name = "visibilité", "visibilite"
    choix = [("en_cours", "Visible"), ("a_venir", "À venir"), ("archivees", "Archivé")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        parutions, aujourd_hui = cast(ParutionQuerySet, queryset), timezone.localdate()
        match self.value():
            case "en_cours":
                return parutions.en_cours(aujourd_hui)
            case "a_venir":
                return queryset.filter(publiee_le__gt=aujourd_hui)
            case "archivees":
                return parutions.archivees(aujourd_hui)
        return queryset


@admin.register(Information)
class InformationAdmin(admin.ModelAdmin):
    list_display = ["titre", "publiee_le", "jusqu_au", "epinglee"]
    list_filter = [Visibilite, "epinglee"]
    search_fields = ["titre", "texte"]
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}
    fields = ["titre", "texte", "apercu", "publiee_le", "jusqu_au", "epinglee", "structures"]
    readonly_fields = ["apercu"]

    def get_fields(self, request: HttpRequest, obj: Information | None = None) -> Champs:
        return [champ for champ in self.fields if obj or champ != "apercu"]

    @admin.display(description="aperçu")
    def apercu(self, information: Information) -> SafeString:
        return information.html
