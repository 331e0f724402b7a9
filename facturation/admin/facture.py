"""The invoices, for agents: lines, what is left, the PDF; and the avoir that corrects one."""

from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import cast

from django.contrib import admin, messages
from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from facturation.erreurs import PasEncoreDessinee
from facturation.models import Facture, Reglement
from facturation.models.facture import FactureQuerySet
from facturation.papiers.taches import mettre_en_file
from facturation.papiers.telechargement import servir_facture
from famille.connexion.requete import compte_de
from francais import date_courte, euros
from socle.admin.filtres import Filtre

from .formulaires import AnnulationForm, AvoirForm
from .operation import LigneInline, OperationAdmin
from .question import Question


class ResteAPayer(Filtre):
    title, parameter_name = "règlement", "reste"
    choix = [("du", "À régler"), ("retard", "En retard"), ("regle", "Réglées")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "regle":
            return queryset.exclude(reste_tenu__reste__gt=0)
        if self.value() in ("du", "retard"):
            # What is settled is not read.
            queryset = queryset.filter(reste_tenu__reste__gt=0)
        return queryset.filter(echeance__lt=timezone.localdate()) if self.value() == "retard" else queryset


@admin.register(Facture)
class FactureAdmin(OperationAdmin):
    list_display = ["reference", "le", "famille", "periode", "somme", "reste_du", "echeance"]
    list_filter = ["regie", ResteAPayer]
    fields = [
        "reference",
        "famille",
        "payeur",
        ("du", "au"),
        ("date", "echeance"),
        ("somme", "etat"),
        ("avance", "reste_du"),
        "avoirs_dits",
        "reglements_dits",
    ]
    readonly_fields = ["reference", "somme", "etat", "reste_du", "avoirs_dits", "reglements_dits"]
    inlines = [LigneInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return cast(FactureQuerySet, super().get_queryset(request)).avec_reste()

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("<int:pk>/pdf/", self.pdf_view, "pdf"),
            self.adresse("<int:pk>/dessin/", self.dessin_view, "dessin"),
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

    @admin.display(description="état")
    def etat(self, facture: Facture) -> str:
        facture.est_annulee = bool(facture.montant) and not facture.reste_a_rendre()
        return facture.etat_au(timezone.localdate()).label

    @admin.display(description="avoirs", empty_value="aucun")
    def avoirs_dits(self, facture: Facture) -> SafeString | None:
        avoirs = facture.avoirs.select_related("regie").order_by("numero")
        return _liste(
            (reverse("admin:facturation_avoir_change", args=[avoir.pk]), str(avoir), avoir.montant) for avoir in avoirs
        )

    @admin.display(description="règlements", empty_value="aucun")
    def reglements_dits(self, facture: Facture) -> SafeString | None:
        """Those that pay it now, and how much of each."""
        reglements = Reglement.objects.filter(affectations__facture=facture).select_related("regie")
        payes = reglements.annotate(part=Sum("affectations__montant")).filter(part__gt=0).order_by("pk")
        return _liste(
            (reverse("admin:facturation_reglement_change", args=[reglement.pk]), str(reglement), part)
            for reglement, part in zip(payes, payes.values_list(F("part"), flat=True), strict=True)
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        dessin = {"peut_redessiner": self._oubliee(request, object_id)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **dessin})

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        self.exiger(request, "view_facture")
        try:
            return servir_facture(request, pk)
        except PasEncoreDessinee as attente:
            messages.info(request, str(attente))
            return redirect("admin:facturation_facture_change", pk)

    def dessin_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST has the PDF drawn by the queue, if whoever was to draw it seems to have given up."""
        self.exiger(request, "emettre_campagne")
        if request.method == "POST" and self._oubliee(request, str(pk)):
            mettre_en_file([pk])
            messages.success(request, "La préparation du PDF est relancée.")
        return redirect("admin:facturation_facture_change", pk)

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
            deja=_deja_annulee(facture),
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
            deja=_deja_annulee(facture),
        )
        return question.poser(self, request, facture)

    def _oubliee(self, request: HttpRequest, cle: str) -> bool:
        """It waits for its PDF since too long, and this agent may have it drawn."""
        if not request.user.has_perm("facturation.emettre_campagne") or not cle.isdecimal():
            return False
        return Facture.objects.oubliees(timezone.now()).filter(pk=cle).exists()


def _deja_annulee(facture: Facture) -> str:
    return "" if facture.reste_a_rendre() else f"La facture {facture.reference} est déjà annulée."


def _liste(operations: Iterable[tuple[str, str, Decimal]]) -> SafeString | None:
    """« AL-3 : 10,80 € », each a link."""
    liens = format_html_join(
        mark_safe("<br>"),
        '<a href="{}">{}</a>\u00a0: {}',
        ((page, nom, euros(montant)) for page, nom, montant in operations),
    )
    return liens or None
