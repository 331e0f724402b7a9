"""The centre's rich text: Markdown in, harmless HTML out."""

import re
from collections.abc import Iterable, Iterator

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

BALISES = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "hr"}
ADRESSES = {"http", "https", "mailto", "tel"}
# HTML in the text is shown, not obeyed; « # » starts under the page's own titles.
_markdown = MarkdownIt("js-default", {"breaks": True, "linkify": False, "typographer": False})
# A bare address, without the stop or the bracket that follows it.
NUE = re.compile(r"(https?://[^\s<>«»]*[^\s<>«».,;:!?…)'\"]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
NIVEAUX = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def en_html(texte: str) -> SafeString:
    """The HTML of a text typed by an agent. What is not allowed by name is taken away."""
    jetons = _markdown.parse(texte)
    for jeton in jetons:
        jeton.tag = NIVEAUX.get(jeton.tag, jeton.tag)
        if jeton.children:
            jeton.children = list(_relier(jeton.children))
    brut = _markdown.renderer.render(jetons, _markdown.options, {})
    propre = nh3.clean(
        brut, tags=BALISES, attributes={"a": {"href"}}, url_schemes=ADRESSES, link_rel="noopener noreferrer"
    )
    # nh3 has just let through nothing else than the list above.
    return mark_safe(propre)


def _relier(jetons: Iterable[Token]) -> Iterator[Token]:
    """The same, where a bare address outside a link has become one."""
    dans_un_lien = 0
    for jeton in jetons:
        dans_un_lien += jeton.nesting if jeton.type in {"link_open", "link_close"} else 0
        if jeton.type == "text" and not dans_un_lien:
            yield from _decouper(jeton.content)
        else:
            yield jeton


def _decouper(texte: str) -> Iterator[Token]:
    for n, morceau in enumerate(NUE.split(texte)):
        contenu = Token("text", "", 0, content=morceau)
        if n % 2:
            adresse = morceau if morceau.startswith("http") else f"mailto:{morceau}"
            yield from (Token("link_open", "a", 1, attrs={"href": adresse}), contenu, Token("link_close", "a", -1))
        else:
            yield contenu
