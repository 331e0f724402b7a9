"""How a parent is told, and the address that they are told at."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.generic import View

from famille.connexion.requete import FamilleRequise, RequeteDeFamille, compte_de
from famille.fiches.preferences import PreferencesForm
from famille.models.adresse import AvecAdresse
from famille.mots_de_passe.adresse import lire, redemander


class Preferences(FamilleRequise):
    """« Comment vous prévenir »."""

    def get(self, request: RequeteDeFamille) -> HttpResponse:
        return self._montrer(PreferencesForm(request.responsable))

    def post(self, request: RequeteDeFamille) -> HttpResponse:
        form = PreferencesForm(request.responsable, request.POST)
        if not form.is_valid():
            return self._montrer(form)
        form.enregistrer()
        messages.success(request, "Votre choix est enregistré.")
        return redirect("accueil")

    def _montrer(self, form: PreferencesForm) -> HttpResponse:
        contexte = {"form": form, "responsable": self.request.responsable}
        return TemplateResponse(self.request, "famille/preferences.html", contexte)


class LienDAdresse(FamilleRequise):
    """« Recevoir le lien »: that which confirms one's address."""

    def post(self, request: RequeteDeFamille) -> HttpResponse:
        redemander(request.responsable)
        messages.success(request, "Un lien vous est envoyé\u00a0: ouvrez-le pour confirmer votre adresse.")
        return redirect("famille:preferences")


class Adresse(View):
    """The page that the link opens, for whoever has signed in: a button confirms."""

    def get(self, request: HttpRequest, jeton: str) -> HttpResponse:
        return self._montrer(lire(jeton, compte_de(request)))

    def post(self, request: HttpRequest, jeton: str) -> HttpResponse:
        porteur = lire(jeton, compte_de(request))
        if porteur is None:
            return self._montrer(None)
        porteur.confirmer_adresse()
        messages.success(request, "Votre adresse est confirmée.")
        return redirect("accueil")

    def _montrer(self, porteur: AvecAdresse | None) -> HttpResponse:
        """Nobody's, or another's: the link leads nowhere."""
        status = 200 if porteur else 404
        return TemplateResponse(self.request, "famille/adresse.html", {"porteur": porteur}, status=status)
