"""The payments, for agents: receive one, print its receipt, cancel it with a reason."""

from datetime import date, timedelta
from functools import partial
from typing import cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils import timezone

from facturation.erreurs import AutreRegie
from facturation.models import Facture, Reglement
from facturation.models.reglement import exiger_la_regie
from facturation.papiers.telechargement import montrer_recu
from famille.connexion.requete import compte_de
from francais import date_courte, euros
from socle.admin.choix import ChoixDits
from socle.admin.formulaire import FormulairePrepare

from .formulaires import AnnulationForm, MontantField
from .operation import OperationAdmin
from .question import Question

ANCIENNETE = timedelta(days=2 * 366)  # beyond, it is the year that was mistyped


class FacturesDues(forms.ModelMultipleChoiceField):
    def label_from_instance(self, facture: Facture) -> str:
        return (
            f"{facture.reference}, {date_courte(facture.du)} - {date_courte(facture.au)}, reste {euros(facture.reste)}"
        )


class ReglementForm(FormulairePrepare):
    """`factures`: those of the famille whose page one comes from; none ticked is the oldest first."""

    montant = MontantField(label="Montant (€)")
    factures = FacturesDues(
        Facture.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Factures à payer",
        help_text="Aucune cochée\u00a0: la plus ancienne d’abord. Ce qui dépasse paie les autres, ou reste au crédit.",
    )

    # Asked where a payment alike is there already: hidden until then.
    autre = forms.BooleanField(label="C’est bien un autre règlement", required=False, widget=forms.HiddenInput)

    class Meta:
        model = Reglement
        fields = ["famille", "regie", "montant", "mode", "date", "precision"]

    def preparer(self) -> None:
        # On the page of a payment nothing is a field any more.
        if "date" in self.fields:
            self.fields["date"].initial = timezone.localdate
        famille = self.data.get("famille") or self.initial.get("famille")
        if str(famille or "").isdecimal():
            dues = Facture.objects.filter(famille=famille).impayees().plus_anciennes_d_abord()
            cast(FacturesDues, self.fields["factures"]).queryset = dues.select_related("regie")

    def clean(self) -> dict:
        super().clean()
        saisie = self.cleaned_data
        if saisie.get("regie") and saisie.get("factures"):
            try:
                exiger_la_regie(saisie["factures"], saisie["regie"])
            except AutreRegie as refus:
                self.add_error("factures", str(refus))
        if not self.errors and not saisie.get("autre"):
            self._demander_si_c_est_un_autre(saisie)
        return saisie

    def _demander_si_c_est_un_autre(self, saisie: dict) -> None:
        voulu = Reglement(**{nom: saisie[nom] for nom in ReglementForm.Meta.fields})
        deja = voulu.semblables().select_related("regie").first()
        if deja:
            self.fields["autre"].widget = forms.CheckboxInput()
            precision = f", «\u00a0{deja.precision}\u00a0»" if deja.precision else ""
            self.add_error(
                "autre",
                f"Le règlement {deja.reference} du {date_courte(deja.date)}, {euros(deja.montant)} par "
                f"{deja.get_mode_display().lower()}{precision}, est déjà enregistré pour cette famille. "
                "Cochez si celui-ci en est un autre.",
            )

    def clean_date(self) -> date:
        le, aujourd_hui = self.cleaned_data["date"], timezone.localdate()
        if le > aujourd_hui:
            raise forms.ValidationError("Un règlement ne s’enregistre pas d’avance.")
        if le < aujourd_hui - ANCIENNETE:
            raise forms.ValidationError("Cette date a plus de deux ans\u00a0: vérifiez l’année.")
        return le


@admin.register(Reglement)
class ReglementAdmin(ChoixDits, OperationAdmin):
    form = ReglementForm
    list_display = ["reference", "le", "famille", "mode", "precision", "somme", "annulation_dite"]
    list_filter = ["regie", "mode"]
    list_select_related = ["regie", "annulation__regie", "annule__regie"]
    autocomplete_fields = ["famille"]

    def get_urls(self) -> list[URLPattern]:
        return [
            self.adresse("<int:pk>/recu/", self.recu_view, "recu"),
            self.adresse("<int:pk>/annulation/", self.annulation_view, "annulation"),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: Reglement | None = None) -> list:
        if obj is None:
            return ["famille", "factures", "regie", "montant", "mode", "date", "precision", "autre"]
        return [
            "reference",
            "famille",
            "somme",
            "mode",
            "date",
            "precision",
            "affectations_dites",
            "credit_dit",
            "annulation_dite",
            "par",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Reglement | None = None) -> list:
        return self.get_fields(request, obj) if obj else []

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm("facturation.add_reglement")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """What the address proposes, but what no field would accept: anybody may type an address."""
        initial = {}
        for nom, valeur in super().get_changeform_initial_data(request).items():
            if nom == "facture" and str(valeur).isdecimal():
                initial["factures"] = [valeur]
            elif nom in ReglementForm.base_fields and nom != "factures":
                try:
                    propre = ReglementForm.base_fields[nom].clean(valeur)
                except forms.ValidationError:
                    continue
                initial[nom] = propre.pk if isinstance(propre, Model) else propre
        return initial

    def save_model(self, request: HttpRequest, obj: Reglement, form: ReglementForm, change: bool) -> None:
        """Through the verb: it numbers, allocates, and writes all at once."""
        donnees = form.cleaned_data
        enregistre = Reglement.objects.enregistrer(
            donnees["famille"],
            donnees["regie"],
            donnees["montant"],
            donnees["mode"],
            le=donnees["date"],
            par=compte_de(request),
            factures=donnees["factures"],
            precision=donnees["precision"],
        )
        obj.pk, obj.numero, obj.regie = enregistre.pk, enregistre.numero, enregistre.regie

    def save_related(self, request: HttpRequest, form: ReglementForm, formsets: list, change: bool) -> None:
        """The allocations are the verb's."""

    def response_add(self, request: HttpRequest, obj: Reglement, post_url_continue: str | None = None) -> HttpResponse:
        """What was paid, and what is left, are said at once."""
        enregistre = Reglement.objects.get(pk=obj.pk)
        paye, credit = self.affectations_dites(enregistre), enregistre.reste_au_credit
        reste = f"\u00a0; {euros(credit)} restent au crédit de la famille" if credit else ""
        messages.info(request, f"{euros(enregistre.montant)} reçus. Factures payées\u00a0: {paye}{reste}.")
        return super().response_add(request, obj, post_url_continue)

    @admin.display(description="reste au crédit de la famille")
    def credit_dit(self, reglement: Reglement) -> str:
        return euros(reglement.reste_au_credit) if reglement.est_valable else "—"

    # Said here: on the page of a payment, Django writes « None » for it.
    @admin.display(description="annulation")
    def annulation_dite(self, reglement: Reglement) -> str:
        if reglement.annule:
            return f"annule {reglement.annule.reference}\u00a0: {reglement.motif}"
        inverse = getattr(reglement, "annulation", None)
        return f"annulé par {inverse.reference}\u00a0: {inverse.motif}" if inverse else "—"

    @admin.display(description="factures payées")
    def affectations_dites(self, reglement: Reglement) -> str:
        affectations = reglement.affectations.select_related("facture__regie")
        return ", ".join(f"{a.facture.reference} ({euros(a.montant)})" for a in affectations) or "—"

    def recu_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.exiger(request, "view_reglement")
        return montrer_recu(get_object_or_404(Reglement.objects.recevables(), pk=pk))

    def annulation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.exiger(request, "annuler_reglement")
        reglement = get_object_or_404(Reglement.objects.select_related("regie"), Q(montant__gt=0), pk=pk)
        question = Question(
            titre=f"Annuler le règlement {reglement.reference}",
            bouton="Annuler le règlement",
            formulaire=AnnulationForm,
            verbe=partial(reglement.annuler, le=timezone.localdate(), par=compte_de(request)),
            fait="Le règlement est annulé\u00a0: ce qu’il avait payé est de nouveau dû.",
            deja="" if reglement.est_valable else f"Le règlement {reglement.reference} est déjà annulé.",
        )
        return question.poser(self, request, reglement)
