"""Every test says what must be true: one that only runs the code lets a wrong line live."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ESSAIS = Path(__file__).resolve().parent.parent
# They raise by themselves. Counting queries is not among them: a page that refuses costs few.
AFFIRMENT = {"raises", "warns", "fail", "expect"}


def _appels(fonction: ast.FunctionDef) -> set[str]:
    appels = [noeud.func for noeud in ast.walk(fonction) if isinstance(noeud, ast.Call)]
    return {appel.attr if isinstance(appel, ast.Attribute) else getattr(appel, "id", "") for appel in appels}


def _fonctions(source: str) -> Iterator[ast.FunctionDef]:
    return (noeud for noeud in ast.walk(ast.parse(source)) if isinstance(noeud, ast.FunctionDef))


def _muettes(sources: dict[str, str]) -> list[str]:
    """The tests that neither assert, nor expect a refusal, nor call a helper of the tests that does. By file."""
    fonctions = [(fichier, fonction) for fichier, source in sources.items() for fonction in _fonctions(source)]
    affirment = AFFIRMENT | {
        fonction.name for _, fonction in fonctions if any(isinstance(noeud, ast.Assert) for noeud in ast.walk(fonction))
    }
    while nouvelles := {fonction.name for _, fonction in fonctions if _appels(fonction) & affirment} - affirment:
        affirment |= nouvelles
    return [
        f"{fichier}: {fonction.name}"
        for fichier, fonction in fonctions
        if fonction.name.startswith("test_") and fonction.name not in affirment
    ]


def test_aucun_essai_ne_se_contente_de_passer():
    sources = {str(chemin.relative_to(ESSAIS)): chemin.read_text() for chemin in sorted(ESSAIS.rglob("*.py"))}
    assert _muettes(sources) == []


@pytest.mark.parametrize(
    ("corps", "muet"),
    [
        ("    assert page", False),
        ("    with pytest.raises(ValueError):\n        page()", False),
        ("    expect(page).to_be_visible()", False),
        ("    verifier(page)", False),
        ("    page.goto('/')", True),
        ("    with django_assert_max_num_queries(3):\n        page()", True),
    ],
)
def test_un_essai_qui_n_affirme_rien_se_reconnait(corps, muet):
    aide = "def verifier(page):\n    juger(page)\n\ndef juger(page):\n    assert page\n"
    assert _muettes({"test_x.py": f"{aide}\ndef test_x(page):\n{corps}\n"}) == (["test_x.py: test_x"] if muet else [])
