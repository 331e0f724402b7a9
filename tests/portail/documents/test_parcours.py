"""The pages for newcomers name files and names that exist."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

RACINE = Path(settings.BASE_DIR)
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/parcours.md")
# « demandes/models/demande.py:Demande.accepter », « static/js/ »
NOMMES = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+)?)(?::([\w.]+))?`")
TOUJOURS = {"var/", "etc/"}


def _cites() -> list[tuple[str, str, str]]:
    cites = []
    for page in PAGES:
        for chemin, nom in NOMMES.findall((RACINE / page).read_text()):
            if "<" not in chemin and not chemin.startswith(tuple(TOUJOURS)):
                cites.append((page, chemin, nom))
    return cites


@pytest.mark.parametrize(("document", "chemin", "nom"), _cites(), ids=lambda valeur: valeur or "-")
def test_ce_que_nomme_une_page_existe(document, chemin, nom):
    assert (RACINE / chemin).exists(), f"{document} names {chemin}"
    if nom:
        assert set(nom.split(".")) <= _noms(RACINE / chemin), f"{document} names {nom} in {chemin}"


def _noms(module: Path) -> set[str]:
    arbre = ast.parse(module.read_text())
    return {n.name for n in ast.walk(arbre) if isinstance(n, ast.ClassDef | ast.FunctionDef)}
