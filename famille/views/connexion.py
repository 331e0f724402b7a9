"""Signing in and out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from famille.connexion.empreintes import TropDeMonde
from famille.connexion.formulaires import ConnexionForm
from famille.connexion.requete import compte_de
from famille.models import Compte, Responsable


def premiere_page(compte: Compte, responsable: Responsable | None) -> str:
    """Where one arrives: an agent at the desk; a parent who was never asked how to be told, there."""
    if responsable is None:
        return "admin:index" if compte.is_staff else "accueil"
    return "accueil" if responsable.contact_choisi_le or compte.doit_changer_de_mot_de_passe else "famille:preferences"


publique = method_decorator(login_not_required, name="dispatch")


@publique
class Connexion(auth.LoginView):
    """« Compte famille »: the door."""

    template_name = "famille/connexion.html"
    authentication_form = ConnexionForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        try:
            return super().post(request, *args, **options)
        except TropDeMonde as foule:
            messages.warning(request, str(foule))
            form = self.authentication_form(request, initial={"username": request.POST.get("username", "")})
            return self.render_to_response(
                self.get_context_data(form=form), status=503, headers={"Retry-After": str(foule.revenir)}
            )

    def get_redirect_url(self) -> str:  # type: ignore[override]  # Django 6.1 gives it the request
        """Never the door again: whoever is already in would turn round."""
        suite = super().get_redirect_url()
        return "" if suite.partition("?")[0] == self.request.path else suite

    def get_default_redirect_url(self) -> str:
        compte = self.request.user
        return reverse(premiere_page(compte_de(self.request), getattr(compte, "responsable", None)))


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
