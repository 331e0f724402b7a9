"""The days that a parent would like, and why some cannot be asked for."""

from dataclasses import dataclass
from datetime import date

from django import forms

import francais
from demandes.types.planning.code_de_jour import ecrire_jour, se_lit
from planning.models import Inscription

JOURS_MAX = 366


@dataclass(frozen=True)
class JourVoulu:
    """A day of an inscription, and why it cannot be asked for (empty: it can)."""

    inscription: Inscription
    jour: date
    refus: str = ""

    @property
    def code(self) -> str:
        return ecrire_jour(self.inscription.pk, self.jour)

    @property
    def libelle(self) -> str:
        return f"{francais.date_longue(self.jour)}, {self.inscription.prestation.nom}"


class JoursVoulusField(forms.MultipleChoiceField):
    """The days to ask for. Which ones exist depends on the child: see `TypePlanning.clean_jours`."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"required": "Choisissez au moins un jour.", "illisible": "Ces jours sont illisibles."}

    def valid_value(self, value: str) -> bool:
        return True

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > JOURS_MAX or not all(map(se_lit, value)):
            raise forms.ValidationError(self.error_messages["illisible"], code="illisible")
