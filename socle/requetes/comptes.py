"""Several counts in one statement: a page that only says how many there are asks once, whatever it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, DateTimeField, Min, Q, QuerySet, Value
from django.db.models.functions import Cast

JAMAIS = Cast(Value(None), DateTimeField())


@dataclass(frozen=True)
class ACompter:
    """Rows, each of them once. `depuis`: the field that says since when one waits; `dont`: those to count apart."""

    lignes: QuerySet[Any]
    depuis: str = ""
    dont: Q | None = None


@dataclass(frozen=True)
class Compte:
    """How many, since when the oldest, how many apart."""

    nombre: int = 0
    depuis: datetime | None = None
    dont: int = 0


def compter(voulus: Mapping[str, ACompter]) -> dict[str, Compte]:
    """Each by its name, in one query; none if nothing is asked."""
    requetes = [_requete(nom, voulu) for nom, voulu in voulus.items()]
    if not requetes:
        return {}
    premiere, *autres = requetes
    # What has no row has no line either: a query grouped by a constant.
    comptes = {nom: Compte(*compte) for nom, *compte in premiere.union(*autres, all=True)}
    return {nom: comptes.get(nom, Compte()) for nom in voulus}


def _requete(nom: str, voulu: ACompter) -> QuerySet[Any, tuple]:
    comptees = voulu.lignes.order_by().annotate(compte_de=Value(nom)).values("compte_de")
    return comptees.annotate(
        compte_nombre=Count("pk"),
        compte_depuis=Min(voulu.depuis) if voulu.depuis else JAMAIS,
        compte_dont=Count("pk", filter=voulu.dont) if voulu.dont is not None else Value(0),
    ).values_list("compte_de", "compte_nombre", "compte_depuis", "compte_dont")
