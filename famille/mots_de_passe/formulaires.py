"""Forms: asking for a password that one has forgotten, choosing one, changing one's own."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from famille.connexion.requete import compte_de
from famille.connexion.verrou import mot_de_passe_est_bon
from famille.models import Compte


class OubliForm(forms.Form):
    """The address to which a link to choose a new password is sent."""

    email = forms.EmailField(
        label="Votre adresse e-mail",
        help_text="Celle que le centre connaît\u00a0: elle figure sur votre dossier.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class MotDePasseRedemande(forms.Form):
    """The password again, before what a passer-by at an open session must not change."""

    prefix = "cle"
    MANQUE = "Pour ce changement, redites votre mot de passe."

    mot_de_passe = forms.CharField(
        label="Votre mot de passe actuel",
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")

    def verifier(self, request: HttpRequest) -> bool:
        """Whether it is right; says so on the field if not. A wrong one counts as at the door."""
        self.full_clean()
        mot_de_passe = self.cleaned_data.get("mot_de_passe", "")
        if mot_de_passe and mot_de_passe_est_bon(request, compte_de(request), mot_de_passe):
            return True
        self.add_error("mot_de_passe", "Ce n’est pas votre mot de passe." if mot_de_passe else self.MANQUE)
        return False


class MotDePasseAdopte(SetPasswordForm):
    """Saving makes the password the owner's own, no longer temporary."""

    new_password1, new_password2 = SetPasswordForm.create_password_fields(
        label1="Nouveau mot de passe", label2="Le même, une seconde fois"
    )
    # The page lists the rule beside the field.
    new_password1.help_text = new_password2.help_text = ""

    def validate_password_for_user(self, user: Compte, password_field_name: str = "new_password1") -> None:
        # Django says what is wrong with a password under its repetition.
        super().validate_password_for_user(user, "new_password1")

    def save(self, commit: bool = True) -> Compte:
        self.user.adopter_mot_de_passe(self.cleaned_data["new_password1"])
        return self.user


class NouveauMotDePasseForm(MotDePasseAdopte):
    """Choosing a password from the link received by e-mail."""


class ChangementForm(MotDePasseAdopte, PasswordChangeForm):
    """Changing one's password, at the first login or later."""

    old_password = forms.CharField(
        label="Mot de passe actuel",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, user: Compte, *args: object, request: HttpRequest, **options: object) -> None:
        super().__init__(user, *args, **options)
        self.request = request

    def clean_old_password(self) -> str:
        actuel = self.cleaned_data["old_password"]
        if not mot_de_passe_est_bon(self.request, self.user, actuel):
            raise ValidationError(self._incorrect, code="password_incorrect")
        return actuel

    @property
    def _incorrect(self) -> str:
        if self.user.doit_changer_de_mot_de_passe:
            return "Ce n’est pas le mot de passe de votre courrier. Attention aux majuscules."
        return "Ce n’est pas votre mot de passe actuel. Attention aux majuscules."

    def clean_new_password1(self) -> str:
        nouveau = self.cleaned_data["new_password1"]
        if self.user.check_password(nouveau):
            raise ValidationError("Choisissez un mot de passe différent de l’actuel.")
        return nouveau
