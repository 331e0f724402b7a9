"""Forms of the account: choosing a password."""

from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError

from famille.models import Compte


class MotDePasseAdopte:
    """Mixin: saving makes the password the owner's own, no longer temporary."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Nouveau mot de passe"
        self.fields["new_password2"].label = "Le même, une seconde fois"
        # The page lists the rule beside the field.
        self.fields["new_password1"].help_text = self.fields["new_password2"].help_text = ""

    def validate_password_for_user(self, user: Compte, password_field_name: str = "new_password1") -> None:
        # Django says what is wrong with a password under its repetition.
        super().validate_password_for_user(user, "new_password1")

    def save(self, commit: bool = True) -> Compte:
        self.user.adopter_mot_de_passe(self.cleaned_data["new_password1"])
        return self.user


class NouveauMotDePasseForm(MotDePasseAdopte, SetPasswordForm):
    """Choosing a password from the link received by e-mail."""


class ChangementForm(MotDePasseAdopte, PasswordChangeForm):
    """Changing one's password, at the first login or later."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mot de passe actuel"
        self.error_messages = self.error_messages | {"password_incorrect": self._incorrect}

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
