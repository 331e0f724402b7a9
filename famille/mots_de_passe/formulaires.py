"""Forms: asking for a password that one has forgotten, choosing one, changing one's own."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError

from famille.models import Compte


class OubliForm(forms.Form):
    """The address to which a link to choose a new password is sent."""

    email = forms.EmailField(
        label="Votre adresse e-mail",
        help_text="Celle que le centre connaît\u00a0: elle figure sur votre dossier.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


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

    def clean_old_password(self) -> str:
        actuel = self.cleaned_data["old_password"]
        if not self.user.check_password(actuel):
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
