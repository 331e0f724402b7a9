"""A form on the record of a famille or of a child: prefilled with it, drawn in groups of fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from demandes.genre.saisie import saisie
from demandes.valeurs.lisibles import choix_de
from famille.models import Enfant, Famille


@dataclass
class Groupe:
    """Fields that go together, under a legend (empty: none)."""

    legende: str
    champs: list[forms.BoundField] = field(default_factory=list)


class Formulaire(forms.Form):
    """The fields, what they say at first, and how the page draws them."""

    # Fieldsets of the form: {legend: fields}; none: one group without a legend.
    groupes: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __init__(
        self,
        famille: Famille,
        enfant: Enfant | None = None,
        data: Mapping[str, object] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        verrou: bool = False,
    ) -> None:
        """`verrou`: what the form would change is locked as it is read."""
        self.famille, self.enfant, self.verrou = famille, enfant, verrou
        self.preparer(data, files)
        self.ajouter_champs()
        self.use_required_attribute = False
        self._nommer_le_choix_vide()

    @classmethod
    def ouvrir(cls, famille: Famille, enfant: Enfant | None, parametres: QueryDict) -> Self:
        """The form of a page that is just opened. A kind may take from the address what is to be asked."""
        return cls(famille, enfant)

    @classmethod
    def sans_juger(cls, famille: Famille, enfant: Enfant | None, saisie: QueryDict) -> Self:
        """The form with what is typed in it so far: nothing is sent yet, and nothing is wrong."""
        contenu = cls(famille, enfant)
        contenu.initial.update({nom: saisie[nom] for nom in contenu.fields if nom in saisie})
        return contenu

    @classmethod
    def remplir(cls, famille: Famille, enfant: Enfant | None, champs: Mapping[str, object]) -> Self:
        """The form as sent by somebody who touched only these fields."""
        return cls(famille, enfant, {**saisie(cls(famille, enfant)), **champs})

    # -- What a kind may say ----------------------------------------------------------------------

    def preparer(self, data: Mapping[str, object] | None, files: MultiValueDict[str, UploadedFile] | None) -> None:
        """Make Django's form, on the present record."""
        super().__init__(data, files, label_suffix="", initial=self.depuis())

    def depuis(self) -> dict[str, object]:
        """What the record says at present, field by field."""
        return {}

    def ajouter_champs(self) -> None:
        """Fields that depend on the record."""

    @property
    def enfant_concerne(self) -> Enfant:
        """Of a kind that is about a child: there is one."""
        if self.enfant is None:
            raise ValueError("This request is about no child.")
        return self.enfant

    def libelle(self, nom: str) -> str:
        """A field's name where it stands alone."""
        return str(self.fields[nom].label or nom) if nom in self.fields else nom

    def en_groupes(self) -> list[Groupe]:
        """The fields as the page draws them."""
        for champ in self.fields.values():
            if isinstance(champ, forms.ModelChoiceField):
                # Read here: no query starts in a template.
                champ.choices = choix_de(champ)
        if not self.groupes:
            return [Groupe("", list(self))]
        return [
            Groupe(legende, [self[nom] for nom in noms if nom in self.fields]) for legende, noms in self.groupes.items()
        ]

    def _nommer_le_choix_vide(self) -> None:
        for champ in self.fields.values():
            if isinstance(champ, forms.ModelChoiceField):
                champ.empty_label = "Non renseigné"
            elif isinstance(champ, forms.ChoiceField) and not isinstance(champ, forms.MultipleChoiceField):
                champ.choices = [(cle, libelle if cle else "Non renseigné") for cle, libelle in choix_de(champ)]
