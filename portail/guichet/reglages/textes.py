"""« Les textes »: each e-mail and letter, its words, its variables, what they give for a famille of example."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from courriels.textes.langue import fautes, paragraphes, une_ligne, variables
from courriels.textes.origine import TEXTES
from courriels.textes.texte import Ecrit, Texte
from portail.guichet.reglages.page import PageDeReglages, PageDUnReglage
from portail.guichet.reglages.versions import ReglageForm
from socle.models import Reglage
from socle.reglages.ecriture import ecrire, verrouiller
from socle.reglages.moment import Valeurs

ONGLET = "guichet_reglages_textes"


class TexteForm(ReglageForm):
    """Of one text. A variable that nobody knows is named; one that must be there is asked for."""

    sujet = forms.CharField(
        label="Objet", max_length=150, widget=forms.TextInput(attrs={"class": "vTextField", "size": 70})
    )
    corps = forms.CharField(
        label="Texte",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text="Une ligne vide sépare deux paragraphes. Le bouton et la signature s’ajoutent d’eux-mêmes.",
    )

    def __init__(self, texte: Texte, valeurs: Valeurs, data: QueryDict | None = None) -> None:
        self.texte = texte
        super().__init__(valeurs, data)
        if not texte.sujet:
            del self.fields["sujet"]
        if texte.est_une_lettre:
            self.fields["corps"].help_text = "Une ligne vide sépare deux paragraphes."
            if "sujet" in self.fields:
                self.fields["sujet"].label = "Titre"

    def montrer(self, valeurs: Valeurs) -> dict[str, object]:
        return {nom: valeurs.get(nom) or getattr(self.texte, nom) for nom in ("sujet", "corps")}

    def clean_sujet(self) -> str:
        ecrit: str = self.cleaned_data["sujet"]
        permises = [variable.nom for variable in self.texte.toutes if variable.au_sujet]
        connues = {variable.nom for variable in self.texte.toutes}
        for nom in variables(ecrit):
            if nom in connues and nom not in permises:
                raise forms.ValidationError(
                    f"La variable {{{nom}}} ne va pas dans l’objet\u00a0: il se lit sans ouvrir l’e-mail."
                )
        if dites := list(fautes(ecrit, permises)):
            raise forms.ValidationError(dites)
        return ecrit

    def clean_corps(self) -> str:
        ecrit = str(self.cleaned_data["corps"]).replace("\r\n", "\n")
        dites = list(fautes(ecrit, [variable.nom for variable in self.texte.toutes]))
        nommees = variables(ecrit)
        dites += [
            f"Il manque {{{variable.nom}}} ({variable.aide})\u00a0: sans elle, ce texte ne dirait pas l’essentiel."
            for variable in self.texte.indispensables
            if variable.nom not in nommees
        ]
        if dites:
            raise forms.ValidationError(dites)
        return ecrit

    def garder(self) -> dict[str, object]:
        """Nothing, if it is the origin: what the origin becomes, it will become."""
        dit = self.cleaned_data
        return {} if all(dit[nom] == getattr(self.texte, nom) for nom in dit) else dict(dit)

    def apercu(self) -> Ecrit:
        """As it would leave for the famille of example."""
        exemples = self.texte.exemples()
        sujet, corps = self["sujet"].value() if "sujet" in self.fields else "", self["corps"].value()
        return Ecrit(une_ligne(str(sujet), exemples), paragraphes(str(corps), exemples))


@dataclass(frozen=True)
class LigneDeTexte:
    texte: Texte
    adresse: str
    etat: Reglage | None

    @property
    def est_modifie(self) -> bool:
        return bool(self.etat and self.etat.valeurs)


class LesTextes(PageDeReglages):
    """All of them, and which are no longer the origin's."""

    chemin, nom = "guichet/reglages/textes/", ONGLET
    onglet, titre = ONGLET, "Les textes"
    template_name = "admin/guichet/reglages/textes.html"
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs: object) -> dict:
        regles = Reglage.objects.filter(cle__in=[texte.reglage for texte in TEXTES.values()])
        etats = {reglage.cle: reglage for reglage in regles.en_vigueur()}
        lignes = [
            LigneDeTexte(texte, reverse(f"admin:{LeTexte.nom}", args=[texte.cle]), etats.get(texte.reglage))
            for texte in TEXTES.values()
        ]
        parties = [("E-mails", [un for un in lignes if not un.texte.est_une_lettre])]
        parties.append(("Lettres", [un for un in lignes if un.texte.est_une_lettre]))
        return super().get_context_data(parties=parties, **kwargs)


class LeTexte(PageDUnReglage):
    """One of them. POST `apercu`: shown, not kept; `origine`: as it was first."""

    chemin, nom = "guichet/reglages/textes/<slug:cle>/", "guichet_reglages_texte"
    onglet, titre = ONGLET, "Les textes"
    template_name = "admin/guichet/reglages/texte.html"
    enregistre = "Le texte est enregistré\u00a0: les prochains e-mails et courriers le disent."

    @cached_property
    def texte(self) -> Texte:
        if self.kwargs["cle"] not in TEXTES:
            raise Http404
        return TEXTES[self.kwargs["cle"]]

    @property
    def cle(self) -> str:
        return self.texte.reglage

    def formulaire(self, valeurs: Valeurs, envoi: QueryDict | None = None) -> TexteForm:
        return TexteForm(self.texte, valeurs, envoi)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        actuel = Reglage.objects.de(self.cle).first()
        if "origine" in request.POST:
            verrouiller()
            ecrire(self.cle, {}, par=self.auteur())
            messages.success(request, "Le texte d’origine est de retour.")
            return redirect(request.path)
        if "apercu" in request.POST:
            form = self.formulaire(actuel.valeurs if actuel else {}, request.POST)
            form.is_valid()
            vu = request.POST.get("version", "")
            version = {"version": int(vu)} if vu.isdecimal() else {}
            return self.montrer(form, actuel, en_apercu=True, **version)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict:
        form = kwargs["form"]
        assert isinstance(form, TexteForm)
        est_modifie = form.montrer({}) != form.initial
        return super().get_context_data(texte=self.texte, apercu=form.apercu(), est_modifie=est_modifie, **kwargs)
