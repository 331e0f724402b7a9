"""Fields drawn by functions: Django has a template for each field, and includes one more for each's attributes.

What comes out is what those templates write, to the byte. A field that has a template of its own is drawn by it.
"""

from collections.abc import Callable
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.safestring import SafeString

WIDGETS = "django/forms/widgets/"
OPTION = f"{WIDGETS}select_option.html"
ENTREES = ("text", "hidden", "number", "email", "password", "checkbox", "url", "tel", "search", "color", "input")


def _texte(valeur: object) -> str:
    """`{{ valeur }}`"""
    texte = valeur if isinstance(valeur, str) else str(localize(valeur))
    return texte if isinstance(texte, SafeString) else escape(texte)


def brut(valeur: object) -> str:
    """`{{ valeur|stringformat:'s' }}`: an identifier keeps its digits together."""
    return valeur if isinstance(valeur, SafeString) else escape(str(valeur))


def _attributs(attributs: dict[str, object]) -> str:
    return "".join(
        f" {_texte(nom)}" if valeur is True else f' {_texte(nom)}="{brut(valeur)}"'
        for nom, valeur in attributs.items()
        if valeur is not False
    )


def _entree(contexte: dict[str, Any]) -> str:
    widget = contexte["widget"]
    valeur = "" if widget["value"] is None else f' value="{brut(widget["value"])}"'
    nom, attributs = _texte(widget["name"]), _attributs(widget["attrs"])
    return f'<input type="{_texte(widget["type"])}" name="{nom}"{valeur}{attributs}>'


def _option(option: dict[str, Any]) -> str:
    valeur, attributs = brut(option["value"]), _attributs(option["attrs"])
    return f'\n  <option value="{valeur}"{attributs}>{_texte(option["label"])}</option>\n'


def _liste(contexte: dict[str, Any]) -> str | None:
    """None where an option is not drawn as all others are."""
    widget = contexte["widget"]
    morceaux = [f'<select name="{_texte(widget["name"])}"{_attributs(widget["attrs"])}>']
    for groupe, options, _rang in widget["optgroups"]:
        if any(option["template_name"] != OPTION for option in options):
            return None
        dessinees = "".join(map(_option, options))
        if groupe:
            dessinees = f'\n  <optgroup label="{_texte(groupe)}">{dessinees}\n  </optgroup>'
        morceaux.append(dessinees)
    return "".join([*morceaux, "\n</select>"])


def _libelle(contexte: dict[str, Any]) -> str:
    libelle = _texte(contexte["label"])
    if not contexte["use_tag"]:
        return libelle.strip()
    balise = _texte(contexte["tag"])
    return f"<{balise}{_attributs(contexte['attrs'] or {})}>{libelle}</{balise}>"


def _erreurs(contexte: dict[str, Any]) -> str | None:
    """None where there are some: nearly no field has any."""
    return None if contexte["errors"] else ""


DESSINS: dict[str, Callable[[dict[str, Any]], str | None]] = {
    **{f"{WIDGETS}{entree}.html": _entree for entree in ENTREES},
    f"{WIDGETS}select.html": _liste,
    "django/forms/label.html": _libelle,
    "django/forms/errors/list/default.html": _erreurs,
    "django/forms/errors/list/ul.html": _erreurs,
}


class ChampsDessines(TemplatesSetting):
    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        dessin = DESSINS.get(template_name)
        html = dessin(context) if dessin else None
        return super().render(template_name, context, request) if html is None else html
