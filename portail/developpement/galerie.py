"""Every component in every state, and the error pages, for whoever draws the portal. Development only."""

from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from famille.fiches.section import Section
from famille.models import Ecole, Enfant
from famille.regle_des_mots_de_passe import REGLES

publique = method_decorator(login_not_required, name="dispatch")

# Template and status; the last two are rendered without a request, as Django does.
ERREURS = {
    "403": ("403.html", 403),
    "403_csrf": ("403_csrf.html", 403),
    "404": ("404.html", 404),
    "429": ("429.html", 429),
    "verrouille": ("famille/verrouille.html", 429),
    "400": ("400.html", 400),
    "500": ("500.html", 500),
}
SANS_REQUETE = {"400", "500"}


class ExempleForm(forms.Form):
    """One field of each kind."""

    nom = forms.CharField(help_text="Comme sur la carte d’identité.")
    courriel = forms.EmailField(label="Adresse e-mail", required=False)
    mot_de_passe = forms.CharField(widget=forms.PasswordInput, required=False)
    classe = forms.ChoiceField(choices=Enfant.Classe)
    regime = forms.ChoiceField(label="Régime", choices=Enfant.Regime, widget=forms.RadioSelect)
    jours = forms.MultipleChoiceField(
        choices=[("lu", "Lundi"), ("ma", "Mardi"), ("je", "Jeudi")], widget=forms.CheckboxSelectMultiple
    )
    message = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    justificatif = forms.FileField(required=False)
    accord = forms.BooleanField(label="J’ai lu le règlement du centre")
    fige = forms.CharField(label="Non modifiable", initial="1001001818331", disabled=True, required=False)


@dataclass(frozen=True)
class Exemple:
    """A component's call: its name, and what its template is given."""

    nom: str
    valeurs: dict


ETIQUETTES = [
    {"texte": "Brouillon"},
    {"texte": "En attente", "niveau": "warning", "icone": "clock"},
    {"texte": "Acceptée", "niveau": "success", "icone": "check"},
    {"texte": "Refusée", "niveau": "error", "icone": "x-mark"},
    {"texte": "En cours de traitement", "niveau": "info", "icone": "arrow-path"},
]
ETAPES = [
    {
        "quoi": "Demande déposée",
        "quand": "mercredi 8 avril 2015 à 9 h 12",
        "detail": "Mercredi journée, du 15 au 29 avril",
    },
    {"quoi": "Prise en charge par le centre", "quand": "jeudi 9 avril 2015"},
    {"quoi": "Réponse", "a_venir": True},
]
SECTIONS = [
    Section(
        "complete",
        "Section complète",
        [
            {"libelle": "Prénom", "valeur": "Jean"},
            {"libelle": "Mobile", "valeur": ""},
            {
                "libelle": "Adresse employeur",
                "valeur": "Établissements Bonbons et fils, 12 bis avenue de la Confiserie",
            },
        ],
        ["À compter du", "Quotient familial"],
        [["01/09/2014", "612"], ["01/09/2013", ""]],
        alerte="Cette assurance est expirée.",
    ),
    Section("vide", "Section vide", vide="Aucun conjoint n’est déclaré dans votre dossier."),
]


@publique
class Galerie(TemplateView):
    template_name = "portail/galerie.html"

    def get_context_data(self, **kwargs: object) -> dict:
        ecole = Ecole(nom="École élémentaire Jean-Moulin")
        enfants = [
            Enfant(pk=n, prenom=prenom, nom="DUPONT", ecole=ecole if n % 2 else None, classe="CE1")
            for n, prenom in enumerate(("Hugo", "Léa", "Inès", "Zoé", "Élie", "Maëlle-Victoire"), start=1)
        ]
        return super().get_context_data(
            **kwargs,
            niveaux=["info", "success", "warning", "error"],
            etiquettes=ETIQUETTES,
            etapes=ETAPES,
            sections=SECTIONS,
            enfants=enfants,
            regles=REGLES,
            page=Paginator(range(30), 10).page(2),
            vierge=ExempleForm(auto_id="vierge_%s"),
            fautif=ExempleForm({"courriel": "jean.dupont"}, auto_id="fautif_%s"),
            erreurs=ERREURS,
        )


@publique
class PageErreur(View):
    """An error page, as it is when the error happens."""

    def get(self, request: HttpRequest, nom: str) -> HttpResponse:
        if nom not in ERREURS:
            raise Http404
        template, status = ERREURS[nom]
        if nom in SANS_REQUETE:
            return HttpResponse(render_to_string(template), status=status)
        return render(request, template, status=status)


urlpatterns = [
    path("galerie/", Galerie.as_view(), name="galerie"),
    path("galerie/erreurs/<slug:nom>/", PageErreur.as_view(), name="galerie_erreur"),
]
