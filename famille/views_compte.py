"""Signing in and out, and passwords."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from famille.connexion import ConnexionForm, OubliForm
from famille.forms import ChangementForm, NouveauMotDePasseForm
from famille.mots_de_passe import REGLES
from famille.taches import envoyer_liens_de_mot_de_passe

publique = method_decorator(login_not_required, name="dispatch")


@publique
class Connexion(auth.LoginView):
    """« Compte famille »: the door."""

    template_name = "famille/connexion.html"
    authentication_form = ConnexionForm
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:
        """Never the door again: whoever is already in would turn round."""
        suite = super().get_redirect_url()
        return "" if suite.partition("?")[0] == self.request.path else suite

    def get_default_redirect_url(self) -> str:
        compte = self.request.user
        agent_seulement = compte.is_staff and getattr(compte, "responsable", None) is None
        return reverse("admin:index" if agent_seulement else "accueil")


@publique
class Deconnexion(auth.LogoutView):
    """Ends the session if it has not ended by itself, and leads to the town's website."""

    http_method_names = ["post", "options"]

    def get_success_url(self) -> str:
        return settings.COMMUNE_SITE or reverse("famille:au_revoir")


@publique
class AuRevoir(TemplateView):
    """The goodbye of a portal whose town has no website."""

    template_name = "famille/au_revoir.html"


class ProlongerSession(View):
    """« Rester connecté »: any request prolongs the session, this one does nothing else."""

    def post(self, request: HttpRequest) -> HttpResponse:
        request.session["vue"] = 0
        return HttpResponse(status=204)


@publique
class Oubli(FormView):
    """« Mot de passe oublié ? »: answers the same whether the address is known or not."""

    template_name = "famille/mot_de_passe_oubli.html"
    form_class = OubliForm
    success_url = reverse_lazy("famille:mot_de_passe_oubli_envoye")

    def form_valid(self, form: OubliForm) -> HttpResponse:
        envoyer_liens_de_mot_de_passe.enqueue(form.cleaned_data["email"])
        return super().form_valid(form)


@publique
class OubliEnvoye(TemplateView):
    template_name = "famille/mot_de_passe_oubli_envoye.html"


@publique
class Nouveau(auth.PasswordResetConfirmView):
    """Choosing a password, from the link received by e-mail."""

    template_name = "famille/mot_de_passe_nouveau.html"
    form_class = NouveauMotDePasseForm
    success_url = reverse_lazy("famille:mot_de_passe_nouveau_fait")
    extra_context = {"regles": REGLES}


@publique
class NouveauFait(TemplateView):
    template_name = "famille/mot_de_passe_nouveau_fait.html"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Changement(auth.PasswordChangeView):
    """Changing one's password; at the first login, the only page there is."""

    template_name = "famille/mot_de_passe_changement.html"
    form_class = ChangementForm

    def get_success_url(self) -> str:
        agent_seulement = self.request.user.is_staff and self.request.famille is None
        return reverse("admin:index" if agent_seulement else "accueil")

    def get_context_data(self, **kwargs) -> dict:
        obligatoire = self.request.user.doit_changer_de_mot_de_passe
        return super().get_context_data(**kwargs, regles=REGLES, obligatoire=obligatoire)

    def form_valid(self, form: ChangementForm) -> HttpResponse:
        messages.success(self.request, "Votre nouveau mot de passe est enregistré.")
        return super().form_valid(form)
