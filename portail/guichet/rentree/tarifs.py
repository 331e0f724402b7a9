"""The third step: prices, copied to the new year with a date of effect and, if one wants, a percentage."""

from datetime import date
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

import francais
from demandes.genre.type_fiche import DateInput
from facturation.models import ReportDeTarif
from facturation.rentree.tarifs import ReportDesTarifs, RetourDesTarifs
from famille.connexion.requete import compte_de
from portail.guichet.rentree.page import TARIFS, PageDeRentree, cles
from socle.admin.confirmation import CHAMP
from socle.annee_scolaire import AnneeScolaire
from socle.verrous import un_a_la_fois

VERROU = 0x72656E74746172  # « renttar »
CINQUANTE = Decimal(50)  # beyond, it is a mistype


class ReportForm(forms.Form):
    """From when, and by how much."""

    du = forms.DateField(label="À compter du", widget=DateInput)
    pourcent = forms.DecimalField(
        label="Évolution, en\u00a0%",
        required=False,
        min_value=-CINQUANTE,
        max_value=CINQUANTE,
        decimal_places=2,
        localize=True,
        help_text="2 augmente de 2\u00a0%. Vide\u00a0: les mêmes prix. Arrondi au centime.",
    )

    def __init__(self, annee: AnneeScolaire, data: QueryDict | None) -> None:
        super().__init__(data, initial={"du": annee.du})
        self.annee = annee

    def clean_du(self) -> date:
        du: date = self.cleaned_data["du"]
        if not self.annee.du <= du <= self.annee.au:
            raise forms.ValidationError(f"Choisissez un jour de l’année {self.annee}.")
        return du

    def report(self) -> ReportDesTarifs:
        """As typed; as proposed if it is not typed, or not understood."""
        saisie = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return ReportDesTarifs(saisie.get("du") or self.annee.du, saisie.get("pourcent") or Decimal(0))


class TarifsDeRentree(PageDeRentree):
    """GET shows old and new side by side, POST asks and copies."""

    chemin, nom = "guichet/rentree/<str:annee>/tarifs/", "guichet_rentree_tarifs"
    etape, droits = TARIFS, TARIFS.droits
    titre = TARIFS.titre
    template_name = "admin/guichet/rentree/tarifs.html"

    def get_context_data(self, **kwargs: object) -> dict:
        if "confirmation" in kwargs:
            return super().get_context_data(**kwargs)
        saisie = self.request.GET if "du" in self.request.GET else None
        form = kwargs.pop("form", None) or ReportForm(self.annee, saisie)
        lots = ReportDeTarif.objects.lots(self.annee)
        report = form.report()  # type: ignore[attr-defined]  # a ReportForm
        toutes = [ligne.prestation.pk for ligne in report.lignes]
        return super().get_context_data(
            form=form,
            report=report,
            cochees=cles(self.request.POST.getlist("prestation")) if self.request.method == "POST" else toutes,
            lots=[lot | {"phrase": _dire(lot)} for lot in lots],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = ReportForm(self.annee, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if self.a_renonce():
            return self.render_to_response(self.get_context_data(form=form))
        if CHAMP in request.POST:
            un_a_la_fois(VERROU)
        report = form.report()
        lignes = report.choisies(cles(request.POST.getlist("prestation")))
        if not lignes:
            messages.warning(request, "Aucun tarif à reporter, d’après ce que vous avez coché.")
            return redirect(request.path)
        combien = francais.pluriel(len(lignes), "tarif")
        titre = f"Rentrée {self.annee.debut}\u00a0: reporter {combien}\u00a0?"
        question = self.question(titre, f"Reporter {combien}", report.dire(lignes), lu_aussi=report.empreinte(lignes))
        if not question.est_donnee(request.POST):
            return self.demander(question)
        report.faire(lignes, par=compte_de(request))
        messages.success(request, f"C’est fait. {report.dire(lignes)[0]}")
        return redirect(request.path)


class RetourDesTarifsDeRentree(PageDeRentree):
    """What was copied together is undone."""

    chemin, nom = "guichet/rentree/<str:annee>/tarifs/annulation/", "guichet_rentree_tarifs_annulation"
    etape, droits = TARIFS, TARIFS.droits
    titre = "Annuler ce report"
    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        ici = self.etape.adresse(self.annee)
        if self.a_renonce():
            return redirect(ici)
        un_a_la_fois(VERROU)
        retour = RetourDesTarifs(self.annee, self.lire_le_lot())
        if not retour.annulables:
            deja = "a servi à facturer\u00a0: il ne s’annule plus" if retour.reports else "est déjà annulé"
            messages.warning(request, f"Ce report {deja}.")
            return redirect(ici)
        question = self.question("Annuler ce report\u00a0?", "Annuler ce report", retour.dire())
        if not question.est_donnee(request.POST):
            return self.demander(question)
        messages.success(request, f"C’est annulé\u00a0: {francais.pluriel(retour.faire(), 'tarif')}.")
        return redirect(ici)


def _dire(lot: dict) -> str:
    """« 7 tarifs, +2 %. »"""
    evolution = ReportDesTarifs(date.min, lot["pourcent"]).evolution
    return f"{francais.pluriel(lot['tarifs'], 'tarif')}, {evolution}."
