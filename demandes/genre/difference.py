"""What a form changes of the record: kept at deposit, shown to the agent, required again at acceptance."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django import forms
from django.utils.crypto import salted_hmac

from demandes.erreurs import NeTientPlus
from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.formulaire import Formulaire
from demandes.valeurs.gardees import Json, en_json
from demandes.valeurs.lisibles import lisible


@dataclass(frozen=True)
class Ecart:
    """One field of the difference: at deposit, at present, asked."""

    libelle: str
    avant: str
    actuel: str
    demande: str

    @property
    def en_conflit(self) -> bool:
        """The record changed since the request, and not to what it asks."""
        return self.actuel not in (self.avant, self.demande)


class FormulaireCompare(Formulaire):
    """A form that knows what it asks beyond what the record says."""

    # Fields that only make sense together: one of them changes, all are sent.
    solidaires: ClassVar[tuple[frozenset[str], ...]] = ()

    @cached_property
    def actuel(self) -> dict[str, Json]:
        """The present record, as JSON keeps it."""
        return {nom: en_json(self.get_initial_for_field(champ, nom)) for nom, champ in self.fields.items()}

    @cached_property
    def changements(self) -> dict[str, Json]:
        """Of a valid form: what it asks that the record does not say already."""
        demandes = {nom: en_json(valeur) for nom, valeur in self.cleaned_data.items() if nom in self.fields}
        changes = {nom for nom, valeur in demandes.items() if valeur != self.actuel[nom]}
        for ensemble in self.solidaires:
            if changes & ensemble:
                changes |= ensemble & demandes.keys()
        return {nom: valeur for nom, valeur in demandes.items() if nom in changes}

    @property
    def remplaces(self) -> dict[str, Json]:
        """What the changes would replace."""
        return {nom: self.actuel[nom] for nom in self.changements}

    def difference(self, demande: DemandeDeposee) -> list[Ecart]:
        """Old value at deposit, present value, asked value, of each field that was asked. Decrypts secrets."""
        valeurs, avant = demande.valeurs, demande.valeurs_avant
        return [
            Ecart(
                self.libelle(nom),
                self.montrer(nom, avant.get(nom, "")),
                self.montrer(nom, self.actuel.get(nom, "")),
                self.montrer(nom, valeurs[nom]),
            )
            for nom in self.en_ordre(valeurs)
        ]

    def en_ordre(self, noms: Iterable[str]) -> list[str]:
        """As the form shows them, whatever the order in which PostgreSQL keeps them; last, what it has no more."""
        rang = {nom: place for place, nom in enumerate(self.fields)}
        return sorted(noms, key=lambda nom: (rang.get(nom, len(rang)), nom))

    def montrer(self, nom: str, valeur: Json) -> str:
        """A field's value as people read it."""
        return lisible(self.fields[nom], valeur) if nom in self.fields else lisible(forms.Field(), valeur)

    def empreinte(self, valeurs: Mapping[str, Json]) -> str:
        """What the record says at present of the fields that were asked: what an agent has before their eyes."""
        actuel = {nom: self.actuel.get(nom, "") for nom in sorted(valeurs)}
        return salted_hmac("demandes.empreinte", json.dumps(actuel)).hexdigest()

    def exiger(self, valeurs: Mapping[str, Json]) -> None:
        """Validate again, on the present record, what was asked and nothing else. Raises NeTientPlus."""
        if disparus := valeurs.keys() - self.fields.keys():
            raise NeTientPlus(
                f"Ce qui devait changer n’existe plus\u00a0: {', '.join(map(self.libelle, sorted(disparus)))}."
            )
        for nom in self.fields.keys() - valeurs.keys():
            del self.fields[nom]
        if not self.is_valid():
            fautes = [str(phrase) for phrases in self.errors.values() for phrase in phrases]
            raise NeTientPlus(f"La demande ne tient plus\u00a0: {' '.join(fautes)}")
