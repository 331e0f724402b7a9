"""`{% rubriques "admin/nav_sidebar.html" available_apps %}`: Django's template, drawn once for what it is given."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from portail.guichet.rubriques.dessin import dessiner

register = template.Library()


@register.simple_tag(takes_context=True)
def rubriques(context: Context, gabarit: str, apps: Iterable[dict[str, Any]]) -> SafeString:
    return dessiner(gabarit, apps, context["request"].path)
