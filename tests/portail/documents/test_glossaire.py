"""« docs/glossaire.md » has every word of the field: tables, states, verbs."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

PAGE = Path(settings.BASE_DIR) / "docs" / "glossaire.md"
EXPLIQUES = set(re.findall(r"`(\w+)`", PAGE.read_text()))
NOTRES = [a for a in apps.get_app_configs() if Path(a.path).parent == Path(settings.BASE_DIR)]
# Django's own names, which a model may define.
DE_DJANGO = {"clean", "save", "delete", "get_absolute_url", "get_by_natural_key", "create_user", "create_superuser"}


def _est_a_nous(classe: type) -> bool:
    return classe.__module__.split(".")[0] in {application.name for application in NOTRES}


def _verbes(classe: type) -> Iterator[str]:
    """The public functions that a class of ours defines."""
    for nom, valeur in vars(classe).items():
        fonction = getattr(valeur, "__func__", valeur)
        if (
            inspect.isfunction(fonction)
            and not nom.startswith(("_", "get_"))
            and fonction.__module__ == classe.__module__
        ):
            yield nom


def _etats(classe: type[models.TextChoices] = models.TextChoices) -> Iterator[str]:
    for sorte in classe.__subclasses__():
        if _est_a_nous(sorte):
            yield from sorte.__members__
        yield from _etats(sorte)


@pytest.mark.parametrize("modele", [m for a in NOTRES for m in a.get_models()], ids=lambda modele: modele._meta.label)
def test_une_table_et_ses_verbes_sont_dans_le_glossaire(modele):
    manager = modele._default_manager
    requetes = [c for c in (*type(manager).__mro__, *manager._queryset_class.__mro__) if _est_a_nous(c)]
    mots = {modele.__name__} | {verbe for classe in (modele, *requetes) for verbe in _verbes(classe)}
    assert sorted(mots - EXPLIQUES - DE_DJANGO) == []


def test_chaque_etat_est_dans_le_glossaire():
    etats = set(_etats())
    assert len(etats) > 80
    assert sorted(etats - EXPLIQUES) == []
