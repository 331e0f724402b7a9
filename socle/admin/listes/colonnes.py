"""The columns of a list: how each reads a row and says what it read, found once instead of in every cell.

A cell is, to the byte, the one that Django writes: it alone knows how to say what is neither a text nor another record.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache, partial
from operator import attrgetter

from django.contrib.admin.utils import display_for_field, display_for_value, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    EmailField,
    Field,
    ForeignKey,
    ForeignObjectRel,
    ManyToOneRel,
    Model,
    TextField,
    TimeField,
)

from socle.admin.mise_en_page import Colonne as Nom
from socle.champs.dessin import brut

Lire = Callable[[Model], object]
Dire = Callable[[object], str]
TEXTES = (CharField, EmailField, TextField)
REPETES = (DateField, TimeField, BooleanField)  # few values, that cost much to say


@dataclass(frozen=True, slots=True)
class Colonne:
    """`debut`: the tag of a cell; `debut_d_une_date`: of one that holds a date or an hour; `absent`: of a row that
    another should have, and that is not there."""

    lire: Lire
    dire: Dire
    mene_a_la_fiche: bool
    debut: str
    debut_d_une_date: str
    fin: str
    absent: str

    def cellule(self, ligne: Model, adresse: str) -> str:
        try:
            lu = self.lire(ligne)
        except ObjectDoesNotExist:
            debut, texte = self.debut, self.absent
        else:
            debut = self.debut_d_une_date if isinstance(lu, (date, time)) else self.debut
            texte = self.dire(lu)
        if self.mene_a_la_fiche:
            return f'{debut}<a href="{adresse}">{texte}</a>{self.fin}'
        return f"{debut}{texte}{self.fin}"


def colonnes(liste: ChangeList) -> Iterator[Colonne]:
    liens, premier = liste.list_display_links, True
    for rang, nom in enumerate(liste.list_display):
        lie = liens is not None and (nom in liens if liens else premier)
        yield _colonne(liste, nom, rang, lie, "th" if lie and premier else "td")
        premier = premier and not lie


def _colonne(liste: ChangeList, nom: Nom, rang: int, lie: bool, balise: str) -> Colonne:
    champ, lire, dit_par = _trouver(liste, nom)
    absent = liste.model_admin.get_empty_value_display()
    vide = getattr(dit_par, "empty_value_display", absent)
    classe = "action-checkbox" if nom == "action_checkbox" else f"field-{_ecrit(nom, rang)}"
    datee = f'<{balise} class="{classe} nowrap">'
    return Colonne(
        lire,
        _dire_un_champ(champ, vide, lie) if champ else _dire(vide, _est_un_oui_ou_non(dit_par)),
        lie,
        datee if isinstance(champ, (DateField, TimeField, ForeignKey)) else f'<{balise} class="{classe}">',
        datee,
        f"</{balise}>",
        brut(absent),
    )


def _trouver(liste: ChangeList, nom: Nom) -> tuple[Field | None, Lire, object]:
    """As Django finds it: a function, a field, a column of the page, an attribute of the row; and what describes it."""
    if callable(nom):
        return None, nom, nom
    champ = _champ(liste.model, nom)
    if champ is not None:
        return (champ if isinstance(champ, Field) and not champ.auto_created else None), attrgetter(nom), None
    pages = liste.model_admin
    if hasattr(pages, nom) and nom != "__str__":
        return None, getattr(pages, nom), getattr(pages, nom)
    if hasattr(liste.model, nom):
        return None, partial(_attribut, nom), getattr(liste.model, nom)
    return None, lambda ligne: lookup_field(nom, ligne, pages)[2], None


def _champ(modele: type[Model], nom: str) -> Field | ForeignObjectRel | None:
    """Not « famille_id », nor the rows that point to this one."""
    try:
        champ = modele._meta.get_field(nom)
    except FieldDoesNotExist:
        return None
    return None if champ.one_to_many or champ.name != nom else champ


def _attribut(nom: str, ligne: Model) -> object:
    trouve = getattr(ligne, nom)
    return trouve() if callable(trouve) else trouve


def _dire(vide: str, oui_ou_non: bool = False) -> Dire:
    rien = brut(vide)

    def dire(lu: object) -> str:
        if isinstance(lu, str) and not oui_ou_non:
            return brut(lu) if lu.strip() else rien
        return brut(display_for_value(lu, vide, oui_ou_non))

    return cache(dire) if oui_ou_non else dire


def _dire_un_champ(champ: Field, vide: str, lie: bool) -> Dire:
    if isinstance(champ.remote_field, ManyToOneRel):
        return lambda autre: brut(vide if autre is None else autre)
    if type(champ) in TEXTES and not champ.flatchoices:
        return _dire(vide)

    def dire(lu: object) -> str:
        return brut(
            display_for_field("" if isinstance(lu, str) and not lu.strip() else lu, champ, vide, avoid_link=lie)
        )

    return cache(dire) if isinstance(champ, REPETES) or type(champ) in TEXTES else dire


def _est_un_oui_ou_non(dit_par: object) -> bool:
    return getattr(dit_par.fget if isinstance(dit_par, property) else dit_par, "boolean", False)


def _ecrit(nom: Nom, rang: int) -> str:
    if isinstance(nom, str):
        return nom
    return f"lambda{rang}" if nom.__name__ == "<lambda>" else nom.__name__
