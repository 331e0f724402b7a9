"""`{% url 'accueil' %}`, found once: an address without arguments is the same on every page.

Django looks for it anew each time, through all the addresses that there are. One with arguments, or that a namespace
with several instances would change (we have none), is still Django's business.
"""

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_de_django
from django.urls import get_script_prefix, get_urlconf, reverse

register = template.Library()

# Where the portal is mounted, which table of addresses, the page's name.
_TROUVEES: dict[tuple[str, str, str], str] = {}


def adresse_fixe(nom: str) -> str:
    """The address of a page that takes no argument. Raises NoReverseMatch."""
    cle = get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF, nom
    trouvee = _TROUVEES.get(cle)
    if trouvee is None:
        trouvee = _TROUVEES[cle] = reverse(nom)
    return trouvee


class AdresseFixe(URLNode):
    """The node of such an address."""

    def __init__(self, nom: str) -> None:
        self.nom = nom

    def __repr__(self) -> str:
        return f"<AdresseFixe {self.nom!r}>"

    def render(self, context: Context) -> str:
        return adresse_fixe(self.nom)


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    noeud = url_de_django(parser, token)
    nom = noeud.view_name.var
    fixe = isinstance(nom, str) and not (noeud.view_name.filters or noeud.args or noeud.kwargs or noeud.asvar)
    return AdresseFixe(nom) if fixe else noeud
