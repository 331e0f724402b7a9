"""The centre's rich text: Markdown in, harmless HTML out."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

BALISES = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "hr"}
ADRESSES = {"http", "https", "mailto", "tel"}
# HTML in the text is shown, not obeyed; « # » starts under the page's own titles.
_markdown = MarkdownIt("js-default", {"breaks": True, "linkify": False, "typographer": False})
NIVEAUX = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def en_html(texte: str) -> SafeString:
    """The HTML of a text typed by an agent. What is not allowed by name is taken away."""
    jetons = _markdown.parse(texte)
    for jeton in jetons:
        jeton.tag = NIVEAUX.get(jeton.tag, jeton.tag)
    brut = _markdown.renderer.render(jetons, _markdown.options, {})
    propre = nh3.clean(
        brut, tags=BALISES, attributes={"a": {"href"}}, url_schemes=ADRESSES, link_rel="noopener noreferrer"
    )
    # nh3 has just let through nothing else than the list above.
    return mark_safe(propre)
