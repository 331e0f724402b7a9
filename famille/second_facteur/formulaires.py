"""What is typed: a code, or the password again before the second factor is changed."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from famille.connexion.requete import compte_de
from famille.connexion.verrou import mot_de_passe_est_bon

CODE_MAX = 40


class CodeForm(forms.Form):
    """A code of the phone, or a recovery code."""

    code = forms.CharField(
        label="Code à 6 chiffres",
        max_length=CODE_MAX,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class CodeDeConnexionForm(CodeForm):
    """At the door: one may trust the device."""

    confiance = forms.BooleanField(
        label="Ne plus demander de code sur cet appareil pendant 30\u00a0jours",
        required=False,
        help_text="Pour la tablette du centre. Jamais sur un ordinateur que d’autres utilisent.",
    )


class MotDePasseForm(forms.Form):
    """Whoever sits there is the account's owner. A wrong one counts as at the door."""

    mot_de_passe = forms.CharField(
        label="Votre mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own arguments, handed on
        self.request = request

    def clean_mot_de_passe(self) -> str:
        mot_de_passe = self.cleaned_data["mot_de_passe"]
        if not mot_de_passe_est_bon(self.request, compte_de(self.request), mot_de_passe):
            raise ValidationError("Ce mot de passe n’est pas le bon.")
        return mot_de_passe
