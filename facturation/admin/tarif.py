"""The prices, for agents: a prestation, its dates, its brackets."""

from django import forms
from django.contrib import admin
from django.db.models import DecimalField, F, Model, QuerySet
from django.http import HttpRequest

from facturation.models import Tarif, TrancheDeTarif
from planning.models import Prestation
from planning.portee.ecart import Lecture
from planning.portee.jours import JoursTouches, desormais
from socle.admin.choix import ChoixDits
from socle.admin.confirmation import ConfirmeAvant
from socle.admin.tableau import LignesNommees, Tableau

ILLISIBLE = -1  # a QF that was typed, and refused already


class TranchesFormSet(LignesNommees):
    """One bracket, and one only, takes all that is above: nobody is left without a price."""

    def clean(self) -> None:
        super().clean()
        if self.has_changed() and (refus := self.instance.refus_de_changer):
            raise forms.ValidationError(refus)
        gardees = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        sans_limite = sum(form.cleaned_data.get("qf_max", ILLISIBLE) is None for form in gardees)
        if not sans_limite:
            raise forms.ValidationError(
                "Il faut une tranche sans limite de QF\u00a0: laissez «\u00a0jusqu’au QF\u00a0» vide."
            )
        if sans_limite > 1:
            raise forms.ValidationError(
                "Une seule tranche est sans limite de QF\u00a0: remplissez «\u00a0jusqu’au QF\u00a0» des autres."
            )


class TrancheInline(Tableau):
    model = TrancheDeTarif
    formset = TranchesFormSet
    formfield_overrides = {DecimalField: {"localize": True}}
    ordering = [F("qf_max").asc(nulls_last=True)]


@admin.register(Tarif)
class TarifAdmin(ChoixDits, ConfirmeAvant[Lecture]):
    list_display = ["prestation", "du", "au", "unite", "prix"]
    list_filter = ["prestation__structure", "unite"]
    list_select_related = ["prestation__structure"]
    fields = [
        "prestation",
        ("du", "au"),
        "unite",
        ("pas_minutes", "arrondi"),
        ("absence_pourcent", "majoration_pourcent"),
    ]
    inlines = [TrancheInline]

    def portee(self, ancien: Model | None, nouveau: Model | None) -> JoursTouches:
        """The days that are not billed yet, among those of its dates."""
        tarifs = [tarif for tarif in (ancien, nouveau) if isinstance(tarif, Tarif)]
        prestations = Prestation.objects.filter(pk__in={tarif.prestation_id for tarif in tarifs})
        du, fin = desormais(prestations)
        periodes = [(max(tarif.du, du), min(tarif.au or fin, fin)) for tarif in tarifs]
        return JoursTouches(prestations, periodes, borne=fin)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tarif]:
        return super().get_queryset(request).prefetch_related("tranches")

    def has_delete_permission(self, request: HttpRequest, obj: Tarif | None = None) -> bool:
        """A billed one is ended, not deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.dernier_jour_facture is None)

    @admin.display(description="prix dans la commune (€)")
    def prix(self, tarif: Tarif) -> str:
        return " · ".join(str(tranche.resident).replace(".", ",") for tranche in tarif.tranches.all())
