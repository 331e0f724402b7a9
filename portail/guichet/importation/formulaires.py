"""What is typed on the way: the file, then what each of its columns is."""

from collections.abc import Iterable
from itertools import groupby

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from famille.models import CorrespondanceDeColonnes, FichierAImporter
from portail.importation.lecture.colonnes import COLONNES
from portail.importation.lecture.correspondance import fautes_de
from portail.importation.lecture.fautes import FichierIllisible
from portail.importation.lecture.fichier import Table, lire

ACCEPTES = ".csv,.txt,.xlsx,.ods"
PARTIES = {
    "famille": "Famille",
    "titulaire": "Titulaire",
    "conjoint": "Conjoint",
    "caf": "CAF",
    "qf": "QF",
    "enfant": "Enfant",
}


class FichierForm(forms.Form):
    """`table` is what was read of it."""

    fichier = forms.FileField(
        label="Fichier",
        widget=forms.FileInput(attrs={"accept": ACCEPTES}),
        help_text="CSV, XLSX ou ODS. 20\u202f000 lignes et 10\u00a0Mo au plus. Rien n’est écrit avant votre accord.",
    )
    correspondance = forms.ModelChoiceField(
        CorrespondanceDeColonnes.objects.all(),
        label="Colonnes",
        required=False,
        empty_label="Reconnues par leur titre",
        help_text="Celles d’un logiciel dont vous avez déjà enregistré les colonnes.",
    )
    table: Table

    def clean_fichier(self) -> UploadedFile:
        recu: UploadedFile = self.cleaned_data["fichier"]
        # From its beginning: a view that PostgreSQL has undone begins again.
        recu.seek(0)
        contenu = recu.read()
        if recu.size and len(contenu) < recu.size:
            raise forms.ValidationError("Ce fichier n’est pas arrivé entier\u00a0: il est trop lourd.")
        try:
            self.table = lire(contenu)
        except FichierIllisible as refus:
            raise forms.ValidationError(str(refus)) from None
        return recu


class ColonnesForm(forms.Form):
    """One choice a column of the file; and a name, to find them again."""

    nom = forms.CharField(
        label="Enregistrer ces colonnes sous le nom",
        max_length=100,
        required=False,
        help_text="Celui de votre ancien logiciel, par exemple\u00a0: son prochain fichier sera compris d’emblée.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, fichier: FichierAImporter, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.entetes = [str(titre) for titre in fichier.table["entetes"]]  # type: ignore[attr-defined]  # a list
        self.choisies = dict(fichier.colonnes)
        self.titres = {f"colonne-{rang}": titre for rang, titre in enumerate(self.entetes) if titre}
        for nom, titre in self.titres.items():
            self.fields[nom] = forms.ChoiceField(
                label=titre, choices=CHOIX, required=False, initial=self.choisies.get(titre, "")
            )

    @property
    def reconnues(self) -> list[forms.BoundField]:
        return [self[nom] for nom, titre in self.titres.items() if self.choisies.get(titre)]

    @property
    def inconnues(self) -> list[forms.BoundField]:
        return [self[nom] for nom, titre in self.titres.items() if not self.choisies.get(titre)]

    def clean(self) -> dict:
        super().clean()
        for faute in fautes_de(self.entetes, self.colonnes):
            self.add_error(None, faute)
        return self.cleaned_data

    @property
    def colonnes(self) -> dict[str, str]:
        """{title: code}, as chosen."""
        return {titre: self.cleaned_data.get(nom, "") for nom, titre in self.titres.items()}

    def enregistrer(self, fichier: FichierAImporter) -> None:
        fichier.associer(self.colonnes)
        if nom := self.cleaned_data["nom"].strip():
            CorrespondanceDeColonnes.objects.update_or_create(nom=nom, defaults={"colonnes": self.colonnes})


def _choix() -> Iterable[tuple[str, object]]:
    yield "", "Laissée de côté"
    for quoi, colonnes in groupby(COLONNES, key=lambda colonne: colonne.quoi):
        partie = PARTIES.get(quoi) or f"Inscription {quoi.removeprefix('inscription')}"
        yield partie, [(colonne.code, colonne.titre) for colonne in colonnes]


CHOIX = list(_choix())
