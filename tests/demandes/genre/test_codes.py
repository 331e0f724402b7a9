"""A kind answers for itself: nobody else compares its code."""

import ast
from pathlib import Path

from django.conf import settings

from demandes.types import GENRES

HORS_DES_GENRES = [
    module
    for application in ("demandes", "portail")
    for module in sorted((Path(settings.BASE_DIR) / application).rglob("*.py"))
    if "types" not in module.parts
]


def _comparaisons(module: Path, codes: set[str]) -> list[str]:
    """`demande.type == "conjoint"`, `genre.code in {"regime", …}`."""
    return [
        f"{module.relative_to(settings.BASE_DIR)}: {ast.unparse(comparaison)}"
        for comparaison in ast.walk(ast.parse(module.read_text()))
        if isinstance(comparaison, ast.Compare)
        and any(isinstance(noeud, ast.Constant) and noeud.value in codes for noeud in ast.walk(comparaison))
    ]


def test_le_code_d_un_genre_n_est_compare_que_dans_sa_classe():
    codes = {genre.code for genre in GENRES.tous()}
    assert HORS_DES_GENRES
    assert [faute for module in HORS_DES_GENRES for faute in _comparaisons(module, codes)] == []
