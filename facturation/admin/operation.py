"""What the pages of invoices, payments and avoirs have in common: read, searched, never changed."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from facturation.models import Ligne
from facturation.models.operation import Operation
from famille.admin import recherche
from francais import date_courte, dates_courtes, euros
from socle.admin.lecture import LectureSeule
from socle.admin.pages import AvecPages
from socle.admin.recherche import RechercheParMots


class OperationAdmin(LectureSeule, AvecPages, RechercheParMots):
    """Even a superuser changes nothing that was issued: PostgreSQL would refuse."""

    list_display = ["reference", "le", "famille", "somme"]
    list_filter = ["regie"]
    list_select_related = ["regie"]
    date_hierarchy = "date"
    view_on_site = False  # a parent's address
    conseil_de_recherche = "Numéro de l’opération (AL-36), famille, responsable ou enfant."

    def trouve(self, mot: str) -> Q:
        """« AL-36 » is two words: the régie's code, and the number."""
        exacte = Q(numero=int(mot)) if mot.isdecimal() and len(mot) < 10 else Q(regie__code__iexact=mot)
        return exacte | recherche.famille(mot, "famille")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        operations = super().get_queryset(request).select_related(*self.list_select_related)
        return operations.prefetch_related("famille__responsables")

    @admin.display(description="N°", ordering="numero")
    def reference(self, operation: Operation) -> str:
        return operation.reference

    @admin.display(description="date", ordering="date")
    def le(self, operation: Operation) -> str:
        return date_courte(operation.date)

    @admin.display(description="montant", ordering="montant")
    def somme(self, operation: Operation) -> str:
        return euros(operation.montant)

    def exiger(self, request: HttpRequest, droit: str) -> None:
        if not request.user.has_perm(f"facturation.{droit}"):
            raise PermissionDenied


class LigneInline(LectureSeule, admin.TabularInline):
    model = Ligne
    fields = readonly_fields = ("enfant_nom", "libelle", "jours_dits", "explication", "quantite_dite", "prix", "somme")
    extra = 0

    @admin.display(description="jours")
    def jours_dits(self, ligne: Ligne) -> str:
        return dates_courtes(ligne.jours)

    @admin.display(description="quantité")
    def quantite_dite(self, ligne: Ligne) -> str:
        return ligne.quantite_dite

    @admin.display(description="prix unitaire")
    def prix(self, ligne: Ligne) -> str:
        return euros(ligne.prix_unitaire)

    @admin.display(description="montant")
    def somme(self, ligne: Ligne) -> str:
        return euros(ligne.montant)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("facturation.view_facture")
