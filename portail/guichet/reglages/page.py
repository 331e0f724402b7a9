"""What the direction's screens share: the right, the tabs, one form and its versions, the history under it."""

from dataclasses import dataclass
from typing import ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from famille.connexion.requete import compte_de
from portail.guichet.page import PageDAgent
from portail.guichet.reglages.versions import ReglageForm, historique, relire
from portail.guichet.rubriques.reglages import ECRANS, REGLER
from socle.admin.confirmation import Confirmation
from socle.models import Reglage
from socle.reglages.ecriture import ecrire, verrouiller
from socle.reglages.moment import Valeurs


@dataclass(frozen=True)
class Onglet:
    adresse: str
    titre: str
    courant: bool


class PageDeReglages(PageDAgent):
    """One of the screens. `onglet`: the name of its tab."""

    droits: ClassVar[tuple[str, ...]] = (REGLER,)
    onglet: ClassVar[str]
    http_method_names = ["get", "head", "post"]

    def get_context_data(self, **kwargs: object) -> dict:
        onglets = [Onglet(reverse(f"admin:{nom}"), titre, nom == self.onglet) for nom, titre in ECRANS]
        return super().get_context_data(onglets=onglets, **kwargs)

    def auteur(self) -> str:
        compte = compte_de(self.request)
        return compte.get_full_name() or compte.identifiant

    def demander(self, question: Confirmation) -> TemplateResponse:
        contexte = {**super().get_context_data(), "title": question.titre, "confirmation": question}
        return TemplateResponse(self.request, question.gabarit, contexte)


class PageDUnReglage(PageDeReglages):
    """One form, one setting."""

    form: ClassVar[type[ReglageForm]]
    enregistre: ClassVar[str] = "C’est enregistré."

    @property
    def cle(self) -> str:
        """Of the setting."""
        raise NotImplementedError

    def formulaire(self, valeurs: Valeurs, envoi: QueryDict | None = None) -> ReglageForm:
        return self.form(valeurs, envoi)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        actuel = Reglage.objects.de(self.cle).first()
        form = self.formulaire(actuel.valeurs if actuel else {})
        return self.montrer(form, actuel)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        verrouiller()
        actuel = Reglage.objects.de(self.cle).first()
        valeurs = actuel.valeurs if actuel else {}
        vu = request.POST.get("version", "")
        if actuel and vu.isdecimal() and int(vu) != actuel.pk:
            avant = Reglage.objects.de(self.cle).filter(pk=int(vu)).values_list("valeurs", flat=True).first() or {}
            phrases, fondu = relire(self.formulaire({}), avant, actuel, request.POST)
            if phrases:
                return self.montrer(self.formulaire(valeurs, fondu), actuel, a_relire=phrases)
        form = self.formulaire(valeurs, request.POST)
        if not form.is_valid():
            return self.montrer(form, actuel)
        if not form.has_changed():
            messages.info(request, "Rien n’a changé.")
            return redirect(request.path)
        if (question := self.question(form, valeurs)) and not question.est_donnee(request.POST):
            return self.demander(question)
        ecrire(self.cle, form.garder(), par=self.auteur())
        messages.success(request, self.enregistre)
        return redirect(request.path)

    def question(self, form: ReglageForm, valeurs: Valeurs) -> Confirmation | None:
        """What must be said in numbers before; None: nobody is touched."""
        return None

    def montrer(self, form: ReglageForm, actuel: Reglage | None, **contexte: object) -> HttpResponse:
        changements = list(historique(self.cle, self.formulaire({})))
        version = actuel.pk if actuel else 0
        commun = {"form": form, "version": version, "changements": changements}
        return self.render_to_response(self.get_context_data(**commun | contexte))
