"""A kind of request: a Django form that knows how to apply itself. Defining the class registers it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Self

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict

from demandes.erreurs import NeTientPlus
from famille.models import Compte, Enfant, Famille

from .valeurs import Json, en_json, lisible

if TYPE_CHECKING:
    from demandes.models import Demande
    from demandes.suivi import Etat


class Onglet(models.TextChoices):
    """The two tabs of « Liste des demandes »."""

    MON_COMPTE = "mon-compte", "Mon compte"
    MES_ENFANTS = "mes-enfants", "Mes enfants"


MON_COMPTE, MES_ENFANTS = Onglet.MON_COMPTE, Onglet.MES_ENFANTS


@dataclass
class Groupe:
    """Fields that go together, under a legend (empty: none)."""

    legende: str
    champs: list[forms.BoundField] = field(default_factory=list)


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


@dataclass(frozen=True)
class Option:
    """What may be decided of a part."""

    code: str
    libelle: str


REFUSER = Option("refuser", "Refuser")


@dataclass(frozen=True)
class Part:
    """One part of a request that may be refused alone: a day of a booking."""

    code: str
    libelle: str
    # What may be decided of it; none: nothing any more.
    options: tuple[Option, ...] = ()
    defaut: str = ""
    # What the agent should know of it before deciding, in a few words each.
    notes: tuple[str, ...] = ()
    # Once decided, what became of it: see `demandes.suivi.parts`.
    etat: Etat | None = None


class TypeDemande(forms.Form):
    """A kind: its fields, what it replaces, and how it applies itself. See docs/decisions/0020.

    A kind says `code`, `titre`, `onglet`, its fields, and `appliquer`; the rest has sensible answers here.
    """

    code: ClassVar[str] = ""
    titre: ClassVar[str] = ""
    # The name of its filter in « Liste des demandes ».
    court: ClassVar[str] = ""
    onglet: ClassVar[Onglet] = MON_COMPTE
    # The smallest first among the filters; the order of definition where they are equal.
    rang: ClassVar[int] = 10
    # False for a request of the children's tab that names no child yet.
    sur_enfant: ClassVar[bool] = True
    # What its page invites to do, before « , puis envoyez. »
    consigne: ClassVar[str] = "Corrigez ce qui a changé"
    aide: ClassVar[str] = ""
    # What to join, in one sentence; empty if nothing is expected.
    pieces_attendues: ClassVar[str] = ""
    # What an agent must hold besides `demandes.traiter_demande` to see and decide this kind.
    permission: ClassVar[str] = ""
    # Fields that PostgreSQL only ever sees encrypted; `confidentiel`: all of them, and each reading is logged.
    secrets: ClassVar[frozenset[str]] = frozenset()
    confidentiel: ClassVar[bool] = False
    # Fields that only make sense together: one of them changes, all are sent.
    solidaires: ClassVar[tuple[frozenset[str], ...]] = ()
    # Columns of the wide list, {heading: fields}; None: the fields that are not secret, one a column.
    colonnes: ClassVar[Mapping[str, tuple[str, ...]] | None] = None
    # Fieldsets of the form: {legend: fields}; none: one group without a legend.
    groupes: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    # What its parts are called together, on the pages.
    titre_des_parts: ClassVar[str] = "Jours demandés"

    # The page of its form, for a kind that is not a list of fields.
    gabarit: ClassVar[str] = "demandes/nouvelle.html"

    _registre: ClassVar[dict[str, type[TypeDemande]]] = {}

    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__(**options)
        if "code" not in cls.__dict__:
            return
        if cls.code in TypeDemande._registre:
            raise ValueError(f"Two kinds of request are called {cls.code!r}.")
        TypeDemande._registre[cls.code] = cls

    def __init__(
        self,
        famille: Famille,
        enfant: Enfant | None = None,
        data: Mapping[str, Json] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        verrou: bool = False,
    ) -> None:
        self.famille, self.enfant, self.verrou = famille, enfant, verrou
        super().__init__(data, files, label_suffix="", **self.depart())
        self.ajouter_champs()
        self.use_required_attribute = False
        self._nommer_le_choix_vide()

    def _nommer_le_choix_vide(self) -> None:
        for champ in self.fields.values():
            if isinstance(champ, forms.ModelChoiceField):
                champ.empty_label = "Non renseigné"
            elif isinstance(champ, forms.ChoiceField) and not isinstance(champ, forms.MultipleChoiceField):
                champ.choices = [(cle, libelle if cle else "Non renseigné") for cle, libelle in champ.choices]

    # -- What a kind may say ----------------------------------------------------------------------

    def depart(self) -> dict[str, object]:
        """The form's starting point, as keyword arguments of Django's form."""
        return {"initial": self.depuis()}

    def depuis(self) -> dict[str, object]:
        """What the record says at present, field by field."""
        return {}

    def ajouter_champs(self) -> None:
        """Fields that depend on the record."""

    def deposer(self, demande: Demande) -> None:
        """What the request changes at once, if anything."""

    def prendre_en_charge(self, demande: Demande) -> None:
        """What changes when an agent takes charge, if anything."""

    def appliquer(self, demande: Demande) -> None:
        """Change what was asked, `demande.decision` says by whom and without which parts. May raise NeTientPlus."""
        raise NotImplementedError

    def rejeter(self, demande: Demande) -> None:
        """What a refusal or a withdrawal (`demande.decision.verdict`) undoes, if anything."""

    def validation_automatique(self, demande: Demande) -> bool:
        """Decided at once, by nobody."""
        return False

    def parts(self, demande: Demande) -> list[Part]:
        """What may be refused piece by piece."""
        return []

    @classmethod
    def libelle_de_part(cls, code: str, demande: Demande) -> str:
        """What one of its parts is called; without a query."""
        return code

    def mises_en_garde(self, demande: Demande) -> list[str]:
        """What the agent should know before deciding, one sentence each."""
        return []

    def libelle(self, nom: str) -> str:
        """A field's name where it stands alone."""
        return self.fields[nom].label if nom in self.fields else nom

    @classmethod
    def jours_concernes(cls, demande: Demande) -> list[tuple[int, date]]:
        """The days of the planning it asks for: inscription and date."""
        return []

    @classmethod
    def est_secret(cls, nom: str) -> bool:
        return cls.confidentiel or nom in cls.secrets

    @classmethod
    def resume(cls, demande: Demande) -> str:
        """What a list shows of it, without decrypting: « Mobile : 06 11 22 33 44 »."""
        if cls.confidentiel or (cls.secrets and not demande.donnees):
            return "Contenu confidentiel"
        champs = cls.base_fields
        return " · ".join(
            # The name of what is chosen would cost a query a row: the page of the request tells it.
            str(champs[nom].label)
            if isinstance(champs[nom], forms.ModelChoiceField)
            else f"{champs[nom].label}\u00a0: {lisible(champs[nom], valeur) or 'à effacer'}"
            for nom, valeur in demande.donnees.items()
            if nom in champs
        )

    # -- What every kind does ---------------------------------------------------------------------

    @classmethod
    def pour(cls, code: str) -> type[TypeDemande]:
        """The kind of that code. Raises KeyError if there is none."""
        return TypeDemande._registre[code]

    @classmethod
    def tous(cls, onglet: Onglet | None = None) -> list[type[TypeDemande]]:
        genres = [genre for genre in TypeDemande._registre.values() if onglet in (None, genre.onglet)]
        return sorted(genres, key=lambda genre: genre.rang)

    @classmethod
    def ouvrir(cls, famille: Famille, enfant: Enfant | None, parametres: Mapping[str, str]) -> Self:
        """The form of a page that is just opened. A kind may take from the address what is to be asked."""
        return cls(famille, enfant)

    @classmethod
    def colonnes_de_liste(cls) -> Mapping[str, tuple[str, ...]]:
        """What a wide list shows of a kind, {heading: fields}. Nothing of a confidential one."""
        if cls.colonnes is not None or cls.confidentiel:
            return cls.colonnes or {}
        return {
            str(champ.label): (nom,)
            for nom, champ in cls.base_fields.items()
            if not cls.est_secret(nom) and not isinstance(champ, forms.ModelChoiceField)
        }

    @classmethod
    def porte_sur_un_enfant(cls) -> bool:
        return cls.onglet == MES_ENFANTS and cls.sur_enfant

    @classmethod
    def nom_court(cls) -> str:
        return cls.court or cls.titre

    @classmethod
    def traitable_par(cls, agent: Compte) -> bool:
        return agent.has_perm("demandes.traiter_demande") and (not cls.permission or agent.has_perm(cls.permission))

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

    def exiger(self, valeurs: Mapping[str, Json]) -> None:
        """Validate again, on the present record, what was asked and nothing else. Raises NeTientPlus."""
        if disparus := valeurs.keys() - self.fields.keys():
            raise NeTientPlus(
                f"Ce qui devait changer n’existe plus\u00a0: {', '.join(map(self.libelle, sorted(disparus)))}."
            )
        for nom in self.fields.keys() - valeurs.keys():
            del self.fields[nom]
        if not self.is_valid():
            fautes = [phrase for phrases in self.errors.values() for phrase in phrases]
            raise NeTientPlus(f"La demande ne tient plus\u00a0: {' '.join(fautes)}")

    def difference(self, demande: Demande) -> list[Ecart]:
        """Old value at deposit, present value, asked value, of each field that was asked. Decrypts secrets."""
        valeurs, avant = demande.valeurs, demande.valeurs_avant
        return [
            Ecart(
                self.libelle(nom),
                self.montrer(nom, avant.get(nom, "")),
                self.montrer(nom, self.actuel.get(nom, "")),
                self.montrer(nom, valeurs[nom]),
            )
            for nom in valeurs
        ]

    def montrer(self, nom: str, valeur: Json) -> str:
        return lisible(self.fields[nom], valeur) if nom in self.fields else lisible(forms.Field(), valeur)

    def empreinte(self, valeurs: Mapping[str, Json]) -> str:
        """What the record says at present of the fields that were asked: what an agent has before their eyes."""
        actuel = {nom: self.actuel.get(nom, "") for nom in sorted(valeurs)}
        return salted_hmac("demandes.empreinte", json.dumps(actuel)).hexdigest()

    def en_groupes(self) -> list[Groupe]:
        """The fields as the page draws them."""
        for champ in self.fields.values():
            if isinstance(champ, forms.ModelChoiceField):
                # Read here: no query starts in a template.
                champ.choices = list(champ.choices)
        if not self.groupes:
            return [Groupe("", list(self))]
        return [
            Groupe(legende, [self[nom] for nom in noms if nom in self.fields]) for legende, noms in self.groupes.items()
        ]


def types_traites_par(agent: Compte) -> list[str]:
    """Codes of the kinds that this agent may see and decide."""
    return [code for code, genre in TypeDemande._registre.items() if genre.traitable_par(agent)]
