"""The days that a parent would like, and why some cannot be asked for."""

from dataclasses import dataclass
from datetime import date

from django import forms

import francais
from demandes.types.planning.code_de_jour import ecrire_jour, se_lit
from facturation.prix.devis import PrixDUneJournee
from planning.models import Inscription
from planning.regles.etats import Etat

JOURS_MAX = 366


@dataclass(frozen=True)
class JourVoulu:
    """A day of an inscription, and why it cannot be asked for (empty: it can).

    `devient`: the state that it would have, were it accepted; `prix`: what it would then cost, None if nobody knows.
    """

    inscription: Inscription
    jour: date
    refus: str = ""
    devient: Etat = Etat.RESERVEE
    prix: PrixDUneJournee | None = None

    @property
    def code(self) -> str:
        return ecrire_jour(self.inscription.pk, self.jour)

    @property
    def libelle(self) -> str:
        return f"{francais.date_longue(self.jour)}, {self.inscription.prestation.nom}"

    @property
    def annonce(self) -> str:
        """« 7,30 € », « facturée, 3,60 € », « gratuite »."""
        return annonce(self.devient, self.prix)


def annonce(etat: Etat, prix: PrixDUneJournee | None) -> str:
    """What a day in that state costs, in words; empty if nobody knows."""
    if etat == Etat.ABSENT_EXCUSE:
        return "excusée, non facturée"
    if etat == Etat.ABSENT_FACTURE:
        return prix.absence_dite if prix else "facturée"
    return prix.dit if prix else ""


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
