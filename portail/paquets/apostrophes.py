"""Django's French, with our apostrophes: « L’objet », « Aujourd’hui », and not a typewriter's.

A catalogue of ours would have to follow each of theirs; what was loaded is put right instead, once a process.
"""

import re
from collections.abc import MutableMapping
from typing import Any

from django.utils.translation import trans_real
from django.views.i18n import JavaScriptCatalog

DROITE = re.compile(r"(?<=\w)'(?=\w)")


def typographier() -> None:
    """What Python says. Later calls change nothing."""
    # One of each package, each by the sentence in English.
    for catalogue in trans_real.translation("fr")._catalog._catalogs:  # type: ignore[attr-defined]  # not public
        _corriger(catalogue)


class CatalogueDeScripts(JavaScriptCatalog):
    """What scripts say: Django reads it from its files at each request."""

    def get_catalog(self) -> dict:
        catalogue = super().get_catalog()
        _corriger(catalogue)
        return catalogue


def _corriger(catalogue: MutableMapping[Any, Any]) -> None:
    """Sentences, and lists of sentences (one a number)."""
    for cle, phrase in catalogue.items():
        if isinstance(phrase, str):
            catalogue[cle] = DROITE.sub("’", phrase)
        elif isinstance(phrase, list):
            catalogue[cle] = [DROITE.sub("’", une) for une in phrase]
