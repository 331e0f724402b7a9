"""A list of the admin as a sheet: its columns, and its rows with its filters, its search and its order, all pages."""

from collections.abc import Callable, Iterator
from itertools import islice
from operator import attrgetter

from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model

from socle.chiffrement import Chiffre
from socle.exports.feuille import Feuille, Valeur
from socle.exports.valeurs import valeur

LOT = 500  # rows read together, with what their columns read
Lecteur = Callable[[Model], object]
Nom = str | Callable


def feuille_de(liste: ChangeList, sauf: frozenset[str]) -> Feuille:
    """`sauf`: the columns that do not leave. Nor does what is encrypted."""
    pages = liste.model_admin
    noms = [nom for nom in liste.list_display if nom != "action_checkbox" and nom not in sauf]
    noms = [nom for nom in noms if not isinstance(_champ(liste.model, nom), Chiffre)]
    lecteurs = [_lecteur(nom, liste.model, pages) for nom in noms]
    return Feuille(
        str(liste.opts.verbose_name_plural).capitalize(),
        [_titre(nom, liste.model, pages) for nom in noms],
        _lire(liste, lecteurs),
    )


def _lire(liste: ChangeList, lecteurs: list[Lecteur]) -> Iterator[list[Valeur]]:
    """A list that adds something to its rows says how, for so many at once: `completer`."""
    completer = getattr(liste, "completer", None)
    objets = liste.queryset.iterator(chunk_size=LOT)
    while lot := list(islice(objets, LOT)):
        if completer:
            completer(lot)
        for objet in lot:
            yield [valeur(lire(objet)) for lire in lecteurs]


def _titre(nom: Nom, modele: type[Model], pages: admin.ModelAdmin) -> str:
    titre = str(label_for_field(nom, modele, pages))
    return titre[:1].upper() + titre[1:]


def _champ(modele: type[Model], nom: Nom) -> Field | None:
    try:
        champ = modele._meta.get_field(str(nom))
    except FieldDoesNotExist:
        return None
    return champ if isinstance(champ, Field) else None


def _lecteur(nom: Nom, modele: type[Model], pages: admin.ModelAdmin) -> Lecteur:
    """As Django's lists find it: a field, a function, a column of the page, an attribute of the row."""
    champ = _champ(modele, nom)
    if champ is not None:
        return _choisi(champ) if champ.flatchoices else attrgetter(champ.name)
    if callable(nom):
        return nom
    if hasattr(pages, nom) and nom != "__str__":
        return getattr(pages, nom)
    return lambda objet: _appele(getattr(objet, nom))


def _choisi(champ: Field) -> Lecteur:
    return lambda objet: getattr(objet, f"get_{champ.name}_display")()


def _appele(trouve: object) -> object:
    return trouve() if callable(trouve) else trouve
