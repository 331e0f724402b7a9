"""A row as a person reads it: its own columns, under their French names, and never what points to another row.

What points elsewhere may point to an agent, or to the other household of a garde alternée: it is copied by name only.
"""

import json
from collections.abc import Container
from datetime import date, datetime, time
from decimal import Decimal
from typing import overload

from django.db import models
from django.utils import timezone
from phonenumber_field.phonenumber import PhoneNumber

from francais import JOURS
from planning.champs import JoursField

Fiche = dict[str, object]


@overload
def fiche(ligne: models.Model, *, sauf: Container[str] = ()) -> Fiche: ...
@overload
def fiche(ligne: models.Model | None, *, sauf: Container[str] = ()) -> Fiche | None: ...
def fiche(ligne: models.Model | None, *, sauf: Container[str] = ()) -> Fiche | None:
    """{name: value} of a row, secrets decrypted; None of an absent one. Neither keys, relations nor files."""
    if ligne is None:
        return None
    return {
        str(champ.verbose_name): _valeur(ligne, champ) for champ in champs_copies(type(ligne)) if champ.name not in sauf
    }


def champs_copies(modele: type[models.Model]) -> list[models.Field]:
    """The columns that `fiche` copies."""
    return [
        champ
        for champ in modele._meta.concrete_fields
        if not champ.primary_key and not champ.is_relation and not isinstance(champ, models.FileField)
    ]


def en_json(donnees: Fiche) -> str:
    """Indented, in clear UTF-8; ISO dates at the town's clock, amounts as text."""
    return json.dumps(donnees, default=_simple, ensure_ascii=False, indent=2)


def _valeur(ligne: models.Model, champ: models.Field) -> object:
    if champ.choices:
        return getattr(ligne, f"get_{champ.name}_display")()
    valeur = getattr(ligne, champ.attname)
    if isinstance(champ, JoursField):
        return [nom for rang, nom in enumerate(JOURS) if valeur >> rang & 1]
    return valeur


def _simple(valeur: object) -> str:
    """What JSON has no word for."""
    if isinstance(valeur, datetime):
        return timezone.localtime(valeur).isoformat(timespec="seconds")
    if isinstance(valeur, date | time):
        return valeur.isoformat()
    if isinstance(valeur, Decimal):
        return str(valeur)
    if isinstance(valeur, PhoneNumber):
        return valeur.as_international
    raise TypeError(f"{type(valeur).__name__} has no form in a copy.")
