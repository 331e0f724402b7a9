"""The invoices, for agents: lines, what is left, the PDF; and the avoir that corrects one."""

from functools import partial
from typing import cast

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils import timezone

from facturation.models import Facture, Ligne
from facturation.models.facture import FactureQuerySet
from facturation.papiers.telechargement import servir_facture
from famille.connexion.requete import compte_de
from francais import date_courte, euros
from socle.admin.filtres import Filtre
from socle.admin.lecture import LectureSeule

from .formulaires import AnnulationForm, AvoirForm
from .operation import OperationAdmin
from .question import Question


class ResteAPayer(Filtre):
    title, parameter_name = "règlement", "reste"
    choix = [("du", "À régler"), ("retard", "En retard"), ("regle", "Réglées")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "regle":
            return queryset.filter(reste__lte=0)
        if self.value() in ("du", "retard"):
            queryset = queryset.filter(reste__gt=0)
        return queryset.filter(echeance__lt=timezone.localdate()) if self.value() == "retard" else queryset


class LigneInline(LectureSeule, admin.TabularInline):
    model = Ligne
    fields = readonly_fields = ("enfant_nom", "libelle", "explication", "quantite_dite", "prix", "somme")
    extra = 0

    @admin.display(description="quantité")
    def quantite_dite(self, ligne: Ligne) -> str:
        return ligne.quantite_dite

    @admin.display(description="prix unitaire")
    def prix(self, ligne: Ligne) -> str:
        return euros(ligne.prix_unitaire)

    @admin.display(description="montant")
    def somme(self, ligne: Ligne) -> str:
        return euros(ligne.montant)

    def has_view_permission(self, request: HttpRequest, obj: Facture | None = None) -> bool:
        return request.user.has_perm("facturation.view_facture")


@admin.register(Facture)
class FactureAdmin(OperationAdmin):
    list_display = ["reference", "le", "famille", "periode", "somme", "reste_du", "echeance"]
    list_filter = ["regie", ResteAPayer]
    fields = ["reference", "famille", "payeur", ("du", "au"), ("date", "echeance"), "somme", "avance", "reste_du"]
    readonly_fields = ["reference", "somme", "reste_du"]
    inlines = [LigneInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return cast(FactureQuerySet, super().get_queryset(request)).avec_reste()

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("<int:pk>/pdf/", self.pdf_view, "pdf"),
            self.adresse("<int:pk>/avoir/", self.avoir_view, "avoir"),
            self.adresse("<int:pk>/annulation/", self.annulation_view, "annulation"),
            *super().get_urls(),
        ]

    @admin.display(description="période", ordering="du")
    def periode(self, facture: Facture) -> str:
        return f"{date_courte(facture.du)} - {date_courte(facture.au)}"

    @admin.display(description="reste à payer", ordering=F("reste"))
    def reste_du(self, facture: Facture) -> str:
        return euros(facture.reste)

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        self.exiger(request, "view_facture")
        return servir_facture(request, Facture.objects.filter(pk=pk))

    def avoir_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back an amount."""
        self.exiger(request, "add_avoir")
        facture = get_object_or_404(Facture.objects.select_related("regie"), pk=pk)
        question = Question(
            titre=f"Établir un avoir sur {facture.reference}",
            bouton="Établir l’avoir",
            formulaire=AvoirForm,
            verbe=partial(facture.etablir_avoir, le=timezone.localdate(), par=compte_de(request)),
            fait="L’avoir est établi.",
        )
        return question.poser(self, request, facture)

    def annulation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take back the whole invoice."""
        self.exiger(request, "add_avoir")
        facture = get_object_or_404(Facture.objects.select_related("regie"), pk=pk)
        question = Question(
            titre=f"Annuler {facture.reference} par un avoir",
            bouton="Annuler la facture",
            formulaire=AnnulationForm,
            verbe=partial(facture.annuler, le=timezone.localdate(), par=compte_de(request)),
            fait="La facture est annulée par un avoir.",
        )
        return question.poser(self, request, facture)
