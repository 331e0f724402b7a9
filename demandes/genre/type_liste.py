"""Requests that add, change and remove rows of a list: people who fetch a child, vaccines."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import ClassVar, Generic, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models

from demandes.erreurs import NeTientPlus
from demandes.genre.demande_deposee import DemandeDeposee
from demandes.genre.difference import Ecart
from demandes.genre.formulaire import Groupe
from demandes.genre.type_demande import TypeDemande
from demandes.valeurs.gardees import Json
from demandes.valeurs.lisibles import lisible

M = TypeVar("M", bound=models.Model)


class TypeListe(TypeDemande, Generic[M]):
    """A kind that shows a whole list: each row with its fields and « Retirer », and a few blank rows.

    Fields are called `12-nom` for the row of key 12, `n1-nom` for the first new one.
    """

    modele: ClassVar[type[models.Model]]
    champs: ClassVar[tuple[str, ...]]
    # The fields without which a new row is none.
    essentiels: ClassVar[tuple[str, ...]]
    nouvelle: ClassVar[str]
    vierges: ClassVar[int] = 2
    # What a row is tied to, when it may not exist yet.
    exclus: ClassVar[frozenset[str]] = frozenset()
    widgets: ClassVar[Mapping[str, type[forms.Widget]]] = {}

    def lignes(self) -> models.QuerySet[M]:
        """The rows of the list."""
        raise NotImplementedError

    def creer(self) -> M:
        """A new row, tied to what it belongs to."""
        raise NotImplementedError

    def enregistrer(self, ligne: M) -> None:
        ligne.save()

    @cached_property
    def presentes(self) -> dict[str, M]:
        lignes = self.lignes().select_for_update(of=("self",)) if self.verrou else self.lignes()
        return {str(ligne.pk): ligne for ligne in lignes}

    def ajouter_champs(self) -> None:
        for cle, ligne in self.presentes.items():
            self._ajouter_ligne(cle, ligne)
        for n in range(1, self.vierges + 1):
            self._ajouter_ligne(f"n{n}", None)

    def en_groupes(self) -> list[Groupe]:
        return [
            Groupe(self._nom_de_ligne(cle), [self[f"{cle}-{champ}"] for champ in self._champs_de(cle)])
            for cle in self._cles()
        ]

    def libelle(self, nom: str) -> str:
        cle, champ = nom.split("-", 1)
        return f"{self._nom_de_ligne(cle)}\u00a0: {self._libelle_de_champ(champ)}"

    def clean(self) -> dict[str, object]:
        super().clean()
        for cle in self._cles():
            self._nettoyer_ligne(cle, self.cleaned_data)
        if not self.errors:
            self._refuser_les_doublons()
        return self.cleaned_data

    @property
    def remplaces(self) -> dict[str, Json]:
        """Of each row that changes, all that it was: its name must outlive it."""
        cles = {nom.split("-", 1)[0] for nom in self.changements}
        return {nom: valeur for nom, valeur in self.actuel.items() if nom.split("-", 1)[0] in cles}

    def exiger(self, valeurs: Mapping[str, Json]) -> None:
        if any(nom.split("-", 1)[0] not in self._cles() for nom in valeurs):
            raise NeTientPlus("Une des lignes à modifier ne figure plus sur la fiche.")
        super().exiger(valeurs)

    def appliquer(self, demande: DemandeDeposee) -> None:
        # Removals first: a person may be replaced by another of the same name.
        for cle, ligne in self.presentes.items():
            if self.cleaned_data.get(f"{cle}-retirer"):
                ligne.delete()
        with self._ensemble():
            for cle in self._cles():
                if not self.cleaned_data.get(f"{cle}-retirer"):
                    self._ecrire(cle)

    def difference(self, demande: DemandeDeposee) -> list[Ecart]:
        for cle, noms in self._disparues(demande).items():
            self._noms[cle] = noms
        return super().difference(demande)

    def montrer(self, nom: str, valeur: Json) -> str:
        champ = nom.split("-", 1)[1]
        return lisible(self._champ_de_formulaire(champ), valeur)

    @classmethod
    def resume(cls, demande: DemandeDeposee) -> str:
        """« Ajout : Odile BERNARD, Grand-mère · Retrait : … · Changement : Paul MARTIN »."""
        if cls.confidentiel:
            return super().resume(demande)
        lignes: dict[str, dict[str, Json]] = {}
        for nom, valeur in demande.donnees.items():
            cle, champ = nom.split("-", 1)
            lignes.setdefault(cle, {})[champ] = valeur
        # The rows of the record first, by age; then those that are added.
        ordre = sorted(lignes, key=lambda cle: (cle.startswith("n"), int(cle.removeprefix("n"))))
        return " · ".join(cls._resumer(cle, lignes[cle], demande.avant) for cle in ordre)

    @classmethod
    def _resumer(cls, cle: str, donnes: Mapping[str, Json], avant: Mapping[str, Json]) -> str:
        if cle.startswith("n"):
            lus = {c: lisible(cls._champ_de_formulaire(c), donnes[c]) for c in cls.champs if donnes.get(c)}
            essentiels = " ".join(lus[champ] for champ in cls.essentiels if champ in lus)
            autres = [lu for champ, lu in lus.items() if champ not in cls.essentiels]
            return f"Ajout\u00a0: {', '.join([essentiels, *autres])}"
        nom = " ".join(str(avant[f"{cle}-{champ}"]) for champ in cls.essentiels if avant.get(f"{cle}-{champ}"))
        return f"{'Retrait' if donnes.get('retirer') else 'Changement'}\u00a0: {nom or 'une ligne'}"

    # -- Rows ---------------------------------------------------------------------------------------

    @cached_property
    def _noms(self) -> dict[str, str]:
        """What each row is called."""
        return {cle: str(ligne) for cle, ligne in self.presentes.items()}

    def _nom_de_ligne(self, cle: str) -> str:
        if cle.startswith("n"):
            return f"{self.nouvelle} {cle.removeprefix('n')}"
        return self._noms.get(cle, "Ligne retirée depuis")

    def _disparues(self, demande: DemandeDeposee) -> dict[str, str]:
        avant = demande.valeurs_avant
        cles = {nom.split("-", 1)[0] for nom in demande.valeurs} - set(self._cles())
        return {
            cle: " ".join(str(avant[f"{cle}-{champ}"]) for champ in self.essentiels if avant.get(f"{cle}-{champ}"))
            for cle in cles
            if not cle.startswith("n")
        }

    def _ajouter_ligne(self, cle: str, ligne: M | None) -> None:
        for champ in self.champs:
            self.fields[f"{cle}-{champ}"] = self._champ_de_formulaire(champ)
            self.initial[f"{cle}-{champ}"] = getattr(ligne, champ) if ligne else ""
        if ligne:
            self.fields[f"{cle}-retirer"] = self._champ_de_formulaire("retirer")
            self.initial[f"{cle}-retirer"] = False

    @classmethod
    def _champ_de_formulaire(cls, champ: str) -> forms.Field:
        if champ == "retirer":
            return forms.BooleanField(label="Retirer de la liste", required=False)
        colonne = cast(models.Field, cls.modele._meta.get_field(champ))
        if champ in cls.widgets:
            return cast(forms.Field, colonne.formfield(required=False, widget=cls.widgets[champ]))
        return cast(forms.Field, colonne.formfield(required=False))

    def _libelle_de_champ(self, champ: str) -> str:
        return str(self._champ_de_formulaire(champ).label)

    def _cles(self) -> list[str]:
        return [*self.presentes, *(f"n{n}" for n in range(1, self.vierges + 1))]

    def _champs_de(self, cle: str) -> Iterator[str]:
        return (nom.split("-", 1)[1] for nom in self.fields if nom.split("-", 1)[0] == cle)

    def _nettoyer_ligne(self, cle: str, propres: dict) -> None:
        """A row keeps its essential fields, and passes its model's own rules."""
        donnes = self._donnes(cle, propres)
        if not self._reste(cle, propres):
            return
        for champ in self.essentiels:
            if champ in donnes and not donnes[champ]:
                self.add_error(f"{cle}-{champ}", "Ce champ est obligatoire.")
        if donnes and not self.errors:
            self._verifier(cle, donnes)

    def _verifier(self, cle: str, donnes: dict[str, object]) -> None:
        ligne = self._ligne(cle, donnes)
        try:
            ligne.full_clean(exclude=self.exclus, validate_constraints=False)
        except ValidationError as erreur:
            self.add_error(None, [f"{self._nom_de_ligne(cle)}\u00a0: {phrase}" for phrase in erreur.messages])

    def _donnes(self, cle: str, propres: Mapping[str, object]) -> dict[str, object]:
        return {champ: propres[f"{cle}-{champ}"] for champ in self.champs if f"{cle}-{champ}" in propres}

    def _reste(self, cle: str, propres: Mapping[str, object]) -> bool:
        """Neither removed nor left blank."""
        if propres.get(f"{cle}-retirer"):
            return False
        return not cle.startswith("n") or any(self._donnes(cle, propres).values())

    def _refuser_les_doublons(self) -> None:
        """Of the rows that stay, among themselves and with those that are not shown: a removed one leaves its place.

        Only what the models of such rows have: unique columns, without condition.
        """
        propres = self.cleaned_data
        lignes = {
            cle: self._ligne(cle, self._donnes(cle, propres)) for cle in self._cles() if self._reste(cle, propres)
        }
        for contrainte in self.modele._meta.constraints:
            if not isinstance(contrainte, models.UniqueConstraint):
                continue
            ailleurs = self.modele._default_manager.exclude(pk__in=self.presentes)
            vues: list[dict[str, object]] = []
            for cle, ligne in lignes.items():
                qui = {champ: ligne.serializable_value(champ) for champ in contrainte.fields}
                if qui in vues or (self._donnes(cle, propres) and ailleurs.filter(**qui).exists()):
                    phrase = contrainte.get_violation_error_message()
                    self.add_error(None, f"{self._nom_de_ligne(cle)}\u00a0: {phrase}")
                vues.append(qui)

    def _ligne(self, cle: str, donnes: Mapping[str, object]) -> M:
        ligne = self.presentes.get(cle) or self.creer()
        for champ, valeur in donnes.items():
            setattr(ligne, champ, valeur)
        return ligne

    @contextmanager
    def _ensemble(self) -> Iterator[None]:
        """Rows may take each other's place: those unique together are compared once all are written, not at commit.

        Only what the models of such rows have: constraints that may be deferred.
        """
        contraintes = [connection.ops.quote_name(contrainte.name) for contrainte in self.modele._meta.constraints]
        if not contraintes:
            yield
            return
        with connection.cursor() as curseur:
            curseur.execute(f"SET CONSTRAINTS {', '.join(contraintes)} DEFERRED")
            yield
            curseur.execute(f"SET CONSTRAINTS {', '.join(contraintes)} IMMEDIATE")

    def _ecrire(self, cle: str) -> None:
        donnes = {
            champ: self.cleaned_data[f"{cle}-{champ}"] for champ in self.champs if f"{cle}-{champ}" in self.fields
        }
        if not any(donnes.values()) and cle.startswith("n"):
            return
        if donnes:
            self.enregistrer(self._ligne(cle, donnes))
