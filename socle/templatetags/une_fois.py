"""`{% une_fois commune centre %}…{% endune_fois %}`: a part of a page that is drawn once for those values.

The footer, the legend of all signs, the list of months: a template would look up the same hundred values at each page.
What is inside reads the values that are named and nothing else, so it cannot show what belongs to somebody else, nor
something old: other values draw it again. Values must be hashable; a form has no place there (its token is drawn anew).
"""

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MAXIMUM = 256  # drawings kept by a tag; beyond, it forgets them all


class DessinUnique(Node):
    """Keeps what it drew for each set of values, for as long as the process lives."""

    def __init__(self, contenu: NodeList, valeurs: dict[str, FilterExpression]) -> None:
        self.contenu, self.valeurs = contenu, valeurs
        self.dessins: dict[tuple, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        valeurs = [valeur.resolve(context) for valeur in self.valeurs.values()]
        cle = (context.use_l10n, *valeurs)
        dessin = self.dessins.get(cle)
        if dessin is None:
            if len(self.dessins) >= MAXIMUM:
                self.dessins.clear()
            lisibles = context.new(dict(zip(self.valeurs, valeurs, strict=True)))
            dessin = self.dessins[cle] = mark_safe(self.contenu.render(lisibles))
        return dessin


@register.tag
def une_fois(parser: Parser, token: Token) -> DessinUnique:
    """`{% une_fois liens mois=grille.premier.month %}`: variables by their name, or under another."""
    mots = token.split_contents()[1:]
    valeurs: dict[str, FilterExpression] = {}
    for mot in mots:
        nommees = token_kwargs([mot], parser)
        valeurs |= nommees or {mot: parser.compile_filter(mot)}
    if not all(nom.isidentifier() for nom in valeurs):
        raise template.TemplateSyntaxError("une_fois\u00a0: nom=valeur, ou le nom d’une variable.")
    contenu = parser.parse(("endune_fois",))
    parser.delete_first_token()
    return DessinUnique(contenu, valeurs)
