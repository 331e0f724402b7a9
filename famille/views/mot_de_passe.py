"""Passwords: forgotten, chosen, changed."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from famille.connexion.requete import RequeteDuPortail, compte_de
from famille.models import Compte
from famille.mots_de_passe.formulaires import ChangementForm, NouveauMotDePasseForm, OubliForm
from famille.mots_de_passe_courants import COURANTS
from famille.regle_des_mots_de_passe import REGLES, mots_de
from famille.taches import envoyer_liens_de_mot_de_passe
from famille.views.connexion import premiere_page, publique


def regles_de(compte: object) -> dict[str, object]:
    """What the page lists, and what its script needs to tick each line while one types."""
    return {
        "regles": REGLES,
        "regles_donnees": {"courants": " ".join(sorted(COURANTS)), "siens": " ".join(sorted(mots_de(compte)))},
    }


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

    def get_user(self, uidb64: str) -> Compte | None:
        """Nobody, once the account is closed: whoever holds its link chooses nothing for the day it is opened again."""
        compte = super().get_user(uidb64)
        return compte if isinstance(compte, Compte) and compte.is_active else None

    def get_context_data(self, **kwargs: object) -> dict:
        return super().get_context_data(**kwargs, **regles_de(self.user))


@publique
class NouveauFait(TemplateView):
    template_name = "famille/mot_de_passe_nouveau_fait.html"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Changement(auth.PasswordChangeView):
    """Changing one's password; at the first login, the only page there is."""

    request: RequeteDuPortail
    template_name = "famille/mot_de_passe_changement.html"
    form_class = ChangementForm

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"request": self.request}

    def get_success_url(self) -> str:
        return reverse(premiere_page(compte_de(self.request), self.request.responsable))

    def get_context_data(self, **kwargs: object) -> dict:
        obligatoire = compte_de(self.request).doit_changer_de_mot_de_passe
        return super().get_context_data(**kwargs, obligatoire=obligatoire, **regles_de(self.request.user))

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, "Votre nouveau mot de passe est enregistré.")
        return super().form_valid(form)
