"""The payments, for agents: receive one, print its receipt, cancel it with a reason."""

from decimal import Decimal

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone

from facturation.models import Facture, Reglement
from facturation.recu import recu
from francais import date_courte, euros

from .facture import AnnulationForm
from .operation import OperationAdmin


class FacturesDues(forms.ModelMultipleChoiceField):
    def label_from_instance(self, facture: Facture) -> str:
        return (
            f"{facture.reference}, {date_courte(facture.du)} - {date_courte(facture.au)}, reste {euros(facture.reste)}"
        )


class ReglementForm(forms.ModelForm):
    """`factures`: those of the famille whose page one comes from; none ticked is the oldest first."""

    montant = forms.DecimalField(
        min_value=Decimal("0.01"), max_digits=10, decimal_places=2, localize=True, label="Montant (€)"
    )
    factures = FacturesDues(
        Facture.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Factures à payer",
        help_text="Aucune cochée\u00a0: la plus ancienne d’abord. Ce qui dépasse reste au crédit de la famille.",
    )

    class Meta:
        model = Reglement
        fields = ["famille", "regie", "montant", "mode", "date", "precision"]

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        # On the page of a payment nothing is a field any more.
        if "date" in self.fields:
            self.fields["date"].initial = timezone.localdate
        famille = self.data.get("famille") or self.initial.get("famille")
        if str(famille or "").isdecimal():
            dues = Facture.objects.filter(famille=famille).impayees().plus_anciennes_d_abord()
            self.fields["factures"].queryset = dues.select_related("regie")

    def clean_date(self):
        if self.cleaned_data["date"] > timezone.localdate():
            raise forms.ValidationError("Un règlement ne s’enregistre pas d’avance.")
        return self.cleaned_data["date"]


@admin.register(Reglement)
class ReglementAdmin(OperationAdmin):
    form = ReglementForm
    list_display = ["reference", "le", "famille", "mode", "precision", "somme", "annulation_dite"]
    list_filter = ["regie", "mode"]
    list_select_related = ["regie", "annulation__regie", "annule__regie"]
    autocomplete_fields = ["famille"]

    def get_urls(self) -> list[URLPattern]:
        vue = self.admin_site.admin_view
        return [
            path("<int:pk>/recu/", vue(self.recu_view), name="facturation_reglement_recu"),
            path("<int:pk>/annulation/", vue(self.annulation_view), name="facturation_reglement_annulation"),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: Reglement | None = None) -> list:
        if obj is None:
            return ["famille", "factures", "regie", "montant", "mode", "date", "precision"]
        return [
            "reference",
            "famille",
            "somme",
            "mode",
            "date",
            "precision",
            "affectations_dites",
            "annulation_dite",
            "par",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Reglement | None = None) -> list:
        return self.get_fields(request, obj) if obj else []

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("facturation.add_reglement")

    def save_model(self, request: HttpRequest, obj: Reglement, form: ReglementForm, change: bool) -> None:
        """Through the verb: it numbers, allocates, and writes all at once."""
        donnees = form.cleaned_data
        enregistre = Reglement.objects.enregistrer(
            donnees["famille"],
            donnees["regie"],
            donnees["montant"],
            donnees["mode"],
            le=donnees["date"],
            par=request.user,
            factures=donnees["factures"],
            precision=donnees["precision"],
        )
        obj.pk, obj.numero, obj.regie = enregistre.pk, enregistre.numero, enregistre.regie

    def save_related(self, request: HttpRequest, form: ReglementForm, formsets: list, change: bool) -> None:
        """The allocations are the verb's."""

    @admin.display(description="annulation", empty_value="—")
    def annulation_dite(self, reglement: Reglement) -> str | None:
        if reglement.est_annulation:
            return f"annule {reglement.annule.reference}\u00a0: {reglement.motif}"
        inverse = getattr(reglement, "annulation", None)
        return f"annulé par {inverse.reference}\u00a0: {inverse.motif}" if inverse else None

    @admin.display(description="factures payées", empty_value="—")
    def affectations_dites(self, reglement: Reglement) -> str | None:
        affectations = reglement.affectations.select_related("facture__regie")
        return ", ".join(f"{a.facture.reference} ({euros(a.montant)})" for a in affectations) or None

    def recu_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.exiger(request, "view_reglement")
        return recu(get_object_or_404(Reglement.objects.recevables(), pk=pk))

    def annulation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.exiger(request, "annuler_reglement")
        reglement = get_object_or_404(Reglement.objects.select_related("regie"), Q(montant__gt=0), pk=pk)
        return self.demander(
            request,
            reglement,
            AnnulationForm,
            lambda donnees: reglement.annuler(**donnees, le=timezone.localdate(), par=request.user),
            titre=f"Annuler le règlement {reglement.reference}",
            bouton="Annuler le règlement",
            fait="Le règlement est annulé\u00a0: ce qu’il avait payé est de nouveau dû.",
        )
