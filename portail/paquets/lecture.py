"""What is shown and not typed: said as in a list. Django's own writes « None » of a method that has nothing to say."""

from django.contrib.admin import helpers
from django.contrib.admin.utils import display_for_value, lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.template.defaultfilters import linebreaksbr
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

DE_DJANGO = helpers.AdminReadonlyField


class ChampLu(DE_DJANGO):
    def contents(self) -> SafeString:
        try:
            champ, attribut, valeur = lookup_field(self.field["field"], self.form.instance, self.model_admin)
        except (AttributeError, ValueError, ObjectDoesNotExist):
            return super().contents()
        if champ is not None:
            return super().contents()
        if isinstance(valeur, SafeString):
            return valeur
        if isinstance(valeur, str):
            return linebreaksbr(valeur)
        vide = getattr(attribut, "empty_value", self.empty_value_display)
        return conditional_escape(display_for_value(valeur, vide, getattr(attribut, "boolean", False)))


def lire_comme_une_liste() -> None:
    """Once, when the admin is there."""
    helpers.AdminReadonlyField = ChampLu  # type: ignore[misc]  # where its pages find it
