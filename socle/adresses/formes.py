"""Addresses by their form: « /enfants/{}/ » is looked for once in a process, and filled in on every page.

Django looks for each anew, through all the addresses that there are, then checks what it wrote: a page has thirty.
Keys, days and codes need neither quoting nor checking; whatever else an address holds is still Django's business.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.urls import get_resolver, get_script_prefix, get_urlconf, reverse

TROU = re.compile(r"%\((\w+)\)s")
# What is written as it is: a key, a year, « 04 », « ajouter-enfant ».
SANS_CITATION = re.compile(r"[0-9a-z-]+").fullmatch
# How a value is written, and what it must then look like.
Ecriture = tuple[Callable[[object], object], Callable[[str], object]]


class Convertisseur(Protocol):
    """What Django asks of whoever writes the values of an address."""

    regex: str

    def to_url(self, value: object, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Forme:
    """An address to fill in, and how each of its values is written."""

    texte: str
    ecritures: tuple[Ecriture, ...]

    def remplir(self, valeurs: tuple[object, ...]) -> str | None:
        """None if one of them is not written as it is, or is none of those that this address takes."""
        textes = []
        for valeur, (ecrire, admet) in zip(valeurs, self.ecritures, strict=True):
            try:
                texte = str(ecrire(valeur))
            except ValueError:
                return None
            if not (SANS_CITATION(texte) and admet(texte)):
                return None
            textes.append(texte)
        return self.texte.format(*textes)


def adresse_de(nom: str, *valeurs: object) -> str:
    """As `reverse(nom, args=valeurs)`. Raises NoReverseMatch."""
    forme = _forme(get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF, nom, len(valeurs))
    remplie = forme.remplir(valeurs) if forme else None
    return reverse(nom, args=valeurs) if remplie is None else remplie


@cache
def _forme(prefixe: str, table: str, nom: str, nombre: int) -> Forme | None:
    """None unless one address alone has that name and so many gaps."""
    *espaces, page = nom.split(":")
    resolveur, debut = get_resolver(table), ""
    for espace in espaces:
        if espace not in resolveur.namespace_dict:
            return None
        avant, resolveur = resolveur.namespace_dict[espace]
        debut += avant
    possibles = [
        Forme(prefixe + TROU.sub("{}", debut + chemin), tuple(_ecriture(convertisseurs[p]) for p in parametres))
        for adresses, _motif, _defauts, convertisseurs in resolveur.reverse_dict.getlist(page)
        for chemin, parametres in adresses
        if len(parametres) == nombre == len(TROU.findall(debut + chemin)) and convertisseurs.keys() >= set(parametres)
    ]
    return possibles[0] if len(possibles) == 1 else None


def _ecriture(convertisseur: Convertisseur) -> Ecriture:
    return convertisseur.to_url, re.compile(convertisseur.regex).fullmatch
