"""What Bootstrap has and no page says: two thirds of its weight.

A class stays if its name is a word of any template, module, script or sheet of ours or of crispy-forms. A class must
thus be written whole somewhere, never glued from pieces: a test opens every page and holds it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

CLASSE = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
DECLARATIONS = re.compile(r"\{([^{}]*)\}")
MOT = re.compile(r"[\w-]+")
FORMULAIRES = {"crispy_forms", "crispy_bootstrap5"}  # they write the markup of our forms
TEXTES = {".html", ".py", ".js", ".css"}


def classes_inemployees(feuille: str) -> set[str]:
    # Lightning CSS takes away, along with a class, a property of that name that it does not know: « text-wrap ».
    proprietes = set(MOT.findall(" ".join(DECLARATIONS.findall(feuille))))
    return classes(feuille) - proprietes - mots_des_pages()


def classes(feuille: str) -> set[str]:
    """The names of classes in the selectors of a minified sheet."""
    return set(CLASSE.findall(DECLARATIONS.sub("{}", feuille)))


def mots_des_pages() -> set[str]:
    return {mot for texte in textes() for mot in MOT.findall(texte)}


def textes() -> Iterator[str]:
    for dossier in dossiers():
        for chemin in dossier.rglob("*"):
            if chemin.suffix in TEXTES:
                yield chemin.read_text()


def dossiers() -> Iterator[Path]:
    yield settings.BASE_DIR / "templates"
    yield from settings.STATICFILES_DIRS
    for application in apps.get_app_configs():
        chemin = Path(application.path)
        if chemin.parent == settings.BASE_DIR or application.name in FORMULAIRES:
            yield chemin
