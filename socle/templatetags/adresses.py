"""`{% url 'famille:enfant' enfant.pk %}` by the form of its address (`socle.adresses`): found once, not on every page.

A name that is not written there, or an argument that has a name, is still Django's business.
"""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_de_django
from django.urls import NoReverseMatch

from socle.adresses.formes import adresse_de

register = template.Library()


class Adresse(URLNode):
    """As Django's, of which `view_name` is a constant, and `kwargs` empty."""

    def render(self, context: Context) -> str:
        valeurs = [valeur.resolve(context) for valeur in self.args]
        if self.asvar is None:
            return adresse_de(self.view_name.var, *valeurs)
        try:
            context[self.asvar] = adresse_de(self.view_name.var, *valeurs)
        except NoReverseMatch:
            context[self.asvar] = ""
        return ""


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    noeud = url_de_django(parser, token)
    nom = noeud.view_name
    if not isinstance(nom.var, str) or nom.filters or noeud.kwargs:
        return noeud
    return Adresse(nom, noeud.args, noeud.kwargs, noeud.asvar)
