"""The health records, for those who look after the children: each reading is written in a journal."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db.models import Field, Q
from django.forms import Field as FormField
from django.http import HttpRequest

from famille.admin import recherche
from famille.connexion.requete import compte_de
from famille.models import FicheSanitaire, LectureConfidentielle
from famille.noms import par_nom
from socle.admin.choix import ChoixDits
from socle.admin.formulaire import ChampsFixes
from socle.admin.recherche import RechercheParMots
from socle.chiffrement import TexteChiffre

from .vaccination import VaccinationInline


@admin.register(FicheSanitaire)
class FicheSanitaireAdmin(ChoixDits, ChampsFixes, RechercheParMots):
    """Never an inline of another page, so that a reading is a reading."""

    UNE_LIGNE = {"medecin_nom", "medecin_telephone", "lunettes", "appareils"}

    list_display = ["enfant", "ecole", "classe"]
    list_filter = ["enfant__ecole", "enfant__classe"]
    list_select_related = ["enfant__ecole"]
    ordering = par_nom("enfant__")
    autocomplete_fields = fixes = ["enfant"]
    formfield_overrides = {TexteChiffre: {"widget": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}}
    inlines = [VaccinationInline]
    fieldsets = [
        (None, {"fields": ["enfant"]}),
        ("Médecin traitant", {"fields": ["medecin_nom", "medecin_telephone", "medecin_adresse"]}),
        (
            "Données sanitaires",
            {"fields": ["allergies", "pai", "traitement", "lunettes", "appareils", "observations"]},
        ),
    ]

    def trouve(self, mot: str) -> Q:
        return recherche.enfant(mot, "enfant")

    @admin.display(description="école", ordering="enfant__ecole__nom")
    def ecole(self, fiche: FicheSanitaire) -> str:
        return str(fiche.enfant.ecole or "")

    @admin.display(description="classe")
    def classe(self, fiche: FicheSanitaire) -> str:
        return fiche.enfant.get_classe_display()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> FicheSanitaire | None:
        """Every page of one fiche comes through here: none is shown without a line in the journal."""
        fiche = super().get_object(request, object_id, from_field)
        if fiche is not None and self.has_view_or_change_permission(request, fiche):
            LectureConfidentielle.objects.noter(fiche.enfant, par=compte_de(request))
        return fiche

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **options: object) -> FormField | None:
        if db_field.name in self.UNE_LIGNE:
            options["widget"] = AdminTextInputWidget
        return super().formfield_for_dbfield(db_field, request, **options)
