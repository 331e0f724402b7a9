"""The rubrics' HTML, drawn once in a process for what a reader may open, and for the list that they are in.

It is drawn from nothing but its key: rights that change, or a list that is renamed, make another key at once.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

MAXIMUM = 512  # a drawing for each group of agents and each list


class Liste(NamedTuple):
    """What Django's template reads of a model."""

    object_name: str
    name: str
    admin_url: str | None
    add_url: str | None
    view_only: bool


class Rubrique(NamedTuple):
    """What Django's template reads of an app."""

    app_label: str
    name: str
    app_url: str
    models: tuple[Liste, ...]


def dessiner(gabarit: str, apps: Iterable[dict[str, Any]], chemin: str) -> SafeString:
    rubriques = tuple(map(_figer, apps))
    return _dessiner(gabarit, rubriques, _lieu(rubriques, quote(chemin)))


def _figer(app: dict[str, Any]) -> Rubrique:
    listes = tuple(
        Liste(m["object_name"], str(m["name"]), m["admin_url"], m["add_url"], bool(m.get("view_only")))
        for m in app["models"]
    )
    return Rubrique(app["app_label"], str(app["name"]), app["app_url"], listes)


def _lieu(rubriques: tuple[Rubrique, ...], chemin: str) -> str:
    """The addresses that the page's own holds, side by side: all that the template looks for in it."""
    adresses = [adresse for r in rubriques for adresse in (r.app_url, *(liste.admin_url for liste in r.models))]
    return "".join(adresse for adresse in adresses if adresse and adresse in chemin)


@lru_cache(MAXIMUM)
def _dessiner(gabarit: str, rubriques: tuple[Rubrique, ...], lieu: str) -> SafeString:
    contexte = {"app_list": rubriques, "available_apps": rubriques, "show_changelinks": True, "request": {"path": lieu}}
    return mark_safe(get_template(gabarit).render(contexte))
