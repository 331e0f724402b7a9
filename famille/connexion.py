"""Signing in: the form, how an account is loaded on each page, and who is counted when a password is wrong."""

from ipaddress import ip_address

from django import forms
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from famille.models import Compte
from famille.models.compte import normaliser_identifiant


class CompteDuPortail(ModelBackend):
    """Loads the account with its responsable and its famille: one query a page."""

    def get_user(self, user_id: int) -> Compte | None:
        compte = Compte.objects.select_related("responsable__famille").filter(pk=user_id).first()
        return compte if compte is not None and self.user_can_authenticate(compte) else None


def identifiant_presente(request: HttpRequest, credentials: dict | None = None) -> str:
    """The identifiant as django-axes counts it: « Dupont » and « dupont » are one."""
    identifiant = (credentials or {}).get("username") or request.POST.get("username", "")
    return normaliser_identifiant(identifiant)


def adresse_presente(request: HttpRequest) -> str:
    """Where the visitor is, as django-axes counts it: what the outermost of our PROXYS has seen.

    Each proxy adds its own visitor at the end of X-Forwarded-For: what stands before was invented by the visitor.
    """
    suite = request.headers.get("X-Forwarded-For", "").split(",")[-settings.PROXYS :] if settings.PROXYS else []
    try:
        return str(ip_address(suite[0].strip()))
    except (IndexError, ValueError):
        return request.META.get("REMOTE_ADDR", "")


class ConnexionForm(AuthenticationForm):
    """Identifiant and mot de passe."""

    error_messages = {
        "invalid_login": "Identifiant ou mot de passe incorrect. Attention aux majuscules dans le mot de passe.",
        "inactive": "Ce compte est fermé. Contactez le centre.",
        "perime": "Votre mot de passe provisoire n’est plus valable. Demandez-en un nouveau avec "
        "« Mot de passe oublié ? » ou auprès du centre.",
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Identifiant"
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autofocus": False}
        self.fields["password"].label = "Mot de passe"
        self.label_suffix = ""

    def clean_username(self) -> str:
        return normaliser_identifiant(self.cleaned_data["username"])

    def confirm_login_allowed(self, user: Compte) -> None:
        super().confirm_login_allowed(user)
        if user.mot_de_passe_est_perime:
            raise ValidationError(self.error_messages["perime"], code="perime")


class OubliForm(forms.Form):
    """The address to which a link to choose a new password is sent."""

    email = forms.EmailField(
        label="Votre adresse e-mail",
        help_text="Celle que le centre connaît : elle figure sur votre dossier.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
