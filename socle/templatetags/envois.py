"""`{% csrf_token %}`, drawn anew for each form: it is also what tells one form from another (socle.envois.unique)."""

from django import template
from django.middleware.csrf import get_token
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode

register = template.Library()


class JetonDuFormulaire(CsrfTokenNode):
    """Django draws one a page, and proves with it where a form comes from. One a form proves it as well."""

    def render(self, context: Context) -> str:
        request = context.get("request")
        if request is None:
            return super().render(context)
        with context.push(csrf_token=get_token(request)):
            return super().render(context)


@register.tag
def csrf_token(parser: Parser, token: Token) -> JetonDuFormulaire:
    return JetonDuFormulaire()
