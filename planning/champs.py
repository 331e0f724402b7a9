"""A model field for a set of days of the week: one small integer in PostgreSQL, `Jours` in Python, boxes in a form."""

from collections.abc import Collection

from django import forms
from django.db import models
from django.db.models.expressions import Combinable

from francais import JOURS
from planning.regles.jours import Jours

CHOIX = [(str(jour.value), nom.capitalize()) for jour, nom in zip(Jours, JOURS, strict=True)]


class JoursForm(forms.MultipleChoiceField):
    """Seven boxes to tick; cleans to `Jours`."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: object) -> object:
        return _coches(value) if isinstance(value, int) else value

    def clean(self, value: Collection[str] | None) -> Jours:
        return Jours(sum(int(jour) for jour in super().clean(value)))

    def has_changed(self, initial: Collection[str] | int | None, data: Collection[str] | None) -> bool:
        coches = _coches(initial) if isinstance(initial, int) else initial
        return super().has_changed(coches, data)


def _coches(jours: int) -> list[str]:
    """The boxes that are ticked."""
    return [str(jour.value) for jour in Jours if jour & jours]


class JoursField(models.PositiveSmallIntegerField[int | Combinable, Jours]):
    """A `Jours`. None ticked is 0, never NULL."""

    def from_db_value(self, value: int | None, expression: object, connection: object) -> Jours | None:
        return None if value is None else Jours(value)

    def to_python(self, value: int | str | None) -> Jours | None:
        return None if value is None else Jours(int(value))

    def get_prep_value(self, value: int | str | None) -> int | None:
        return None if value is None else int(value)

    def deconstruct(self) -> tuple:
        nom, chemin, args, options = super().deconstruct()
        if "default" in options:
            # An empty flag has no name, and migrations write names.
            options["default"] = int(options["default"])
        return nom, chemin, args, options

    def formfield(self, **options: object) -> forms.Field:
        return JoursForm(choices=CHOIX, required=False, label=self.verbose_name.capitalize(), help_text=self.help_text)
