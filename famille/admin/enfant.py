"""The children, for agents."""

from datetime import date
from typing import cast

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from famille.models import Assurance, Enfant, FicheSanitaire, Rattachement, Tiers
from famille.models.enfant import EnfantQuerySet
from famille.vraisemblance import encore_valable
from socle.admin.filtres import Filtre
from socle.admin.recherche import RechercheParMots
from socle.admin.semblables import DemandeSiPareil, Doute
from socle.admin.tableau import Tableau

from . import recherche
from .fusion import FusionDeFiches
from .rattachement import RattachementDEnfantInline
from .semblables import SANS_FAMILLE, doutes_sur_un_enfant, enfant_identifie


class TiersInline(Tableau):
    model = Tiers


class AssuranceForm(forms.ModelForm):
    """The end of an insurance is looked at when it is typed: it will be past one day."""

    def clean_expire_le(self) -> date:
        jour = self.cleaned_data["expire_le"]
        if "expire_le" in self.changed_data:
            encore_valable(jour)
        return jour


class AssuranceInline(admin.StackedInline):
    model = Assurance
    form = AssuranceForm
    extra = 0


class FinDAssurance(Filtre):
    """Whom the centre has to ask for a certificate."""

    title, parameter_name = "assurance", "assurance"
    choix = [("a_renouveler", "Expirée, ou finit d’ici 30 jours"), ("sans", "Aucune attestation")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Enfant]) -> QuerySet[Enfant]:
        match self.value():
            case "a_renouveler":
                return cast(EnfantQuerySet, queryset).a_reassurer(timezone.localdate())
            case "sans":
                return queryset.filter(assurance=None)
        return queryset


@admin.register(Enfant)
class EnfantAdmin(FusionDeFiches, DemandeSiPareil, RechercheParMots):
    list_display = ["nom", "prenom", "date_naissance", "ecole", "classe", "dossiers"]
    list_display_links = ["nom", "prenom"]
    list_filter = ["ecole", "classe", "regime", FinDAssurance]
    list_select_related = ["ecole"]
    conseil_de_recherche = "Nom ou prénom de l’enfant ou d’un responsable, numéro de famille."
    autocomplete_fields = ["ecole"]
    inlines = [RattachementDEnfantInline, TiersInline, AssuranceInline]
    fieldsets = [
        ("Identité", {"fields": ["nom", "prenom", "sexe", "date_naissance", "reference"]}),
        ("Scolarité", {"fields": ["ecole", "classe"]}),
        ("Repas", {"fields": ["regime"]}),
        (
            "Autorisations",
            {"fields": ["autorise_image", "autorise_sortie_seul", "autorise_transport", "autorise_hospitalisation"]},
        ),
    ]

    def trouve(self, mot: str) -> Q:
        # Not by the other children of the famille: « Léa » is not her brother.
        familles = recherche.famille_du_responsable(mot, "famille") | recherche.famille_numerotee(mot, "famille")
        return recherche.enfant(mot) | Q(pk__in=Rattachement.objects.filter(familles).values("enfant"))

    def identites(self, objet: Model) -> set:
        return enfant_identifie(cast(Enfant, objet))

    def doutes(self, request: HttpRequest, objet: Model, nouvelles: set) -> list[Doute]:
        """A child made from the page of a famille is tied to it next."""
        a_suivre = {SANS_FAMILLE} if IS_POPUP_VAR in request.POST else set()
        return doutes_sur_un_enfant(cast(Enfant, objet), nouvelles - a_suivre)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enfant]:
        return super().get_queryset(request).filter(fondu_dans=None).prefetch_related("familles__responsables")

    @admin.display(description="familles")
    def dossiers(self, enfant: Enfant) -> str:
        return ", ".join(str(famille) for famille in enfant.familles.all())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        contexte = {**(extra_context or {}), "fiche_sanitaire": self._fiche_sanitaire(request, object_id)}
        return super().change_view(request, object_id, form_url, contexte)

    def _fiche_sanitaire(self, request: HttpRequest, object_id: str) -> str:
        """Address of the child's health record, or of the page that begins one; empty without the right."""
        fiches = self.admin_site.get_model_admin(FicheSanitaire)
        if not object_id.isdecimal() or not fiches.has_view_or_change_permission(request):
            return ""
        fiche = FicheSanitaire.objects.filter(enfant=int(object_id)).values_list("pk", flat=True).first()
        if fiche:
            return reverse("admin:famille_fichesanitaire_change", args=[fiche])
        if fiches.has_add_permission(request):
            return reverse("admin:famille_fichesanitaire_add", query={"enfant": object_id})
        return ""
