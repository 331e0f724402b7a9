"""One word for one thing, wherever people read: pages, forms, mails, papers, guides. The code's own names are free."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

RACINE = Path(settings.BASE_DIR)
# « e-mail » is written so. A word beside a dot, a slash, a hyphen or an underscore is an identifier or an address.
AUTREMENT = re.compile(
    r"(?<![\w./@-])(?:adresse de )?(?:courriels?|emails?|mails?|mels?|méls?)(?![\w/@=-]|\.\w)", re.IGNORECASE
)
BALISES = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)
# Read aloud, or in a bubble.
ATTRIBUTS = re.compile(r'(?:aria-label|title|placeholder|alt)="([^"]*)"')

# « Courriel », where a class names itself.
CLASSES = {modele.__name__ for modele in apps.get_models()}


def _fautes(textes: dict[str, str]) -> dict[str, list[str]]:
    return {ou: trouves for ou, texte in textes.items() if (trouves := AUTREMENT.findall(texte))}


def test_ce_qui_se_reconnait():
    assert AUTREMENT.findall("Un courriel, votre Email, l’adresse de courriel.") == [
        "courriel",
        "Email",
        "adresse de courriel",
    ]
    assert AUTREMENT.findall("Un e-mail, des e-mails, centre.courriel, courriels/base.html, un@mail.fr") == []


def test_les_gabarits():
    gabarits = [chemin for chemin in (RACINE / "templates").rglob("*") if chemin.suffix in {".html", ".txt"}]
    lus = {}
    for chemin in gabarits:
        texte = chemin.read_text()
        lus[str(chemin.relative_to(RACINE))] = " ".join([BALISES.sub(" ", texte), *ATTRIBUTS.findall(texte)])
    assert lus
    assert _fautes(lus) == {}


def _phrases(chemin: Path) -> Iterator[str]:
    """The strings of a module that somebody reads: those that have a space or a capital, but docstrings."""
    arbre = ast.parse(chemin.read_text())
    muets = {
        id(noeud.body[0].value)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Module | ast.ClassDef | ast.FunctionDef)
        and noeud.body
        and isinstance(noeud.body[0], ast.Expr)
    }
    textes = (n.value for n in ast.walk(arbre) if isinstance(n, ast.Constant) and id(n) not in muets)
    for texte in textes:
        if isinstance(texte, str) and (" " in texte or texte[:1].isupper()) and texte not in CLASSES:
            yield re.sub(r"\{\w+\}", "", texte)


def test_les_phrases_du_code():
    applications = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == RACINE]
    modules = [m for dossier in applications for m in dossier.rglob("*.py") if "migrations" not in m.parts]
    textes = {str(module.relative_to(RACINE)): "\n".join(_phrases(module)) for module in modules}
    assert textes
    assert _fautes(textes) == {}


def test_les_noms_des_tables_et_des_champs():
    modeles = [
        modele for app in apps.get_app_configs() if Path(app.path).parent == RACINE for modele in app.get_models()
    ]
    noms = {modele.__name__: f"{modele._meta.verbose_name} {modele._meta.verbose_name_plural}" for modele in modeles}
    for modele in modeles:
        for champ in modele._meta.concrete_fields:
            noms[f"{modele.__name__}.{champ.name}"] = f"{champ.verbose_name} {champ.help_text}"
    assert _fautes(noms) == {}


@pytest.mark.parametrize("guide", ["guide-parent.md", "guide-agent.md"])
def test_les_guides(guide):
    texte = re.sub(r"`[^`]*`|\]\([^)]*\)", " ", (RACINE / "docs" / guide).read_text())
    assert _fautes({guide: texte}) == {}


def test_une_adresse_mal_ecrite_se_dit_avec_le_meme_mot():
    with pytest.raises(ValidationError, match=r"Saisissez une adresse e-mail valide\."):
        validate_email("jean.dupont")
