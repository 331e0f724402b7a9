"""The page that enrols several children: what, whom, a look, and done. Nothing is written before the last step."""

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import URLPattern

import francais
from famille.connexion.requete import compte_de
from famille.models import Ecole, Enfant
from planning.champs import CHOIX, JoursForm
from planning.inscriptions.candidats import MAX, Candidat, chercher, relire
from planning.inscriptions.groupees import InscriptionsGroupees, Resultat
from planning.models import Inscription, Prestation
from socle.admin.choix import ChoixDit, pour_choisir
from socle.admin.pages import AvecPages
from socle.periodes import DANS_L_ORDRE

TOUTES_LES_SEMAINES = [("", "Toutes les semaines"), *Inscription.Parite.choices]


class GroupeForm(forms.Form):
    """The inscription, the same for all."""

    prestation = ChoixDit(Prestation.objects.none(), empty_label="Choisissez…")
    du = forms.DateField(label="Du", widget=AdminDateWidget)
    au = forms.DateField(
        label="Au",
        required=False,
        widget=AdminDateWidget,
        help_text="Dernier jour. Vide\u00a0: jusqu’à nouvel ordre.",
    )
    jours = JoursForm(
        label="Jours réguliers", choices=CHOIX, required=False, help_text="Aucun\u00a0: chaque jour se réserve."
    )
    parite = forms.TypedChoiceField(
        label="Semaines", choices=TOUTES_LES_SEMAINES, coerce=int, empty_value=None, required=False
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        cast(forms.ModelChoiceField, self.fields["prestation"]).queryset = pour_choisir(Prestation.objects.actives())

    def clean(self) -> dict:
        super().clean()
        saisie = self.cleaned_data
        if saisie.get("du") and saisie.get("au") and saisie["au"] < saisie["du"]:
            self.add_error("au", DANS_L_ORDRE)
        return saisie


class RechercheForm(forms.Form):
    """Whom to look for."""

    q = forms.CharField(label="Nom de l’enfant", required=False, widget=forms.TextInput(attrs={"class": "vTextField"}))
    ecole = forms.ModelChoiceField(Ecole.objects.all(), label="École", required=False, empty_label="Toutes")
    classe = forms.ChoiceField(choices=[("", "Toutes"), *Enfant.Classe.choices], required=False)

    def chercher(self) -> list[Candidat]:
        if not self.is_valid():
            return []
        saisie = self.cleaned_data
        return chercher(saisie["q"], saisie["ecole"], saisie["classe"])


class PagesDInscriptions(AvecPages):
    """`groupe/`: one form whose buttons look for children, try, then enrol."""

    groupe_template = "admin/planning/inscription/groupe.html"

    def get_urls(self) -> list[URLPattern]:
        return [self.adresse("groupe/", self.groupe_view, "groupe"), *super().get_urls()]

    def groupe_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._montrer(request, GroupeForm(), RechercheForm())
        form, recherche = GroupeForm(request.POST), RechercheForm(request.POST)
        choisis = relire(request.POST.getlist("choix"))
        if "chercher" in request.POST or not form.is_valid() or not choisis:
            if "chercher" not in request.POST and not choisis:
                messages.error(request, "Cherchez les enfants, puis cochez ceux à inscrire.")
            montre = form if "chercher" not in request.POST else GroupeForm(initial=_tel_quel(request.POST, form))
            return self._montrer(request, montre, recherche, choisis)
        groupe = InscriptionsGroupees(**form.cleaned_data, par=compte_de(request))
        if "inscrire" not in request.POST:
            return self._montrer(request, form, recherche, choisis, essai=groupe.essayer(choisis))
        return self._montrer_le_resultat(request, form, groupe.faire(choisis))

    def _montrer_le_resultat(self, request: HttpRequest, form: GroupeForm, resultats: list[Resultat]) -> HttpResponse:
        """Those who could not stay ticked, with why: one corrects, and tries again."""
        refuses = [resultat for resultat in resultats if resultat.refus]
        inscrits = len(resultats) - len(refuses)
        if inscrits:
            phrase = francais.pluriel(inscrits, "enfant est inscrit", "enfants sont inscrits")
            messages.success(request, f"{phrase} à «\u00a0{form.cleaned_data['prestation']}\u00a0».")
        if refuses:
            phrase = francais.pluriel(len(refuses), "enfant n’a pas pu l’être", "enfants n’ont pas pu l’être")
            messages.warning(request, f"{phrase}\u00a0: les raisons sont ci-dessous.")
        return self._montrer(
            request, form, RechercheForm(), [resultat.candidat for resultat in refuses], fait=resultats
        )

    def _montrer(
        self,
        request: HttpRequest,
        form: GroupeForm,
        recherche: RechercheForm,
        choisis: list[Candidat] | None = None,
        *,
        essai: list[Resultat] | None = None,
        fait: list[Resultat] | None = None,
    ) -> HttpResponse:
        choisis = choisis or []
        trouves = [] if essai or fait else [c for c in recherche.chercher() if c not in choisis]
        possibles = sum(not resultat.refus for resultat in essai or [])
        contexte = {
            "form": form,
            "recherche": recherche,
            "media": self.media + form.media,
            "choisis": choisis,
            "trouves": trouves[:MAX],
            "trop": len(trouves) > MAX,
            "a_cherche": recherche.is_bound and recherche.has_changed(),
            "essai": essai,
            "possibles": francais.pluriel(possibles, "enfant") if possibles else "",
            "fait": fait,
        }
        return self.montrer_page(request, self.groupe_template, "Inscrire plusieurs enfants", contexte)


def _tel_quel(envoi: QueryDict, form: GroupeForm) -> dict[str, object]:
    """What was typed, not judged yet: one is only looking for children."""
    liste = {"jours"}
    return {nom: envoi.getlist(nom) if nom in liste else envoi.get(nom) for nom in form.fields}
