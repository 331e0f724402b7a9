"""The form of the door."""

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from famille.models import Compte
from famille.models.compte import IDENTIFIANT_MAX, normaliser_identifiant


class ConnexionForm(AuthenticationForm):
    """Identifiant and mot de passe."""

    error_messages = {
        "invalid_login": "Identifiant ou mot de passe incorrect. Attention aux majuscules dans le mot de passe.",
        "inactive": "Ce compte est fermé. Contactez le centre.",
        "perime": "Votre mot de passe provisoire n’est plus valable. Demandez-en un nouveau avec "
        "«\u00a0Mot de passe oublié ?\u00a0» ou auprès du centre.",
    }

    def __init__(self, request: HttpRequest | None = None, *args: object, **champs: object) -> None:
        super().__init__(request, *args, **champs)
        self.fields["username"].label = "Identifiant"
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autofocus": False}
        self.fields["password"].label = "Mot de passe"
        self.label_suffix = ""

    def clean_username(self) -> str:
        identifiant = normaliser_identifiant(self.cleaned_data["username"])
        # Normalised, a text may be eighteen times as long as it was typed: nobody's, then.
        if len(identifiant) > IDENTIFIANT_MAX:
            raise self.get_invalid_login_error()
        return identifiant

    def confirm_login_allowed(self, user: Compte) -> None:
        super().confirm_login_allowed(user)
        if user.mot_de_passe_est_perime:
            raise ValidationError(self.error_messages["perime"], code="perime")
