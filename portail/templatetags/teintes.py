"""The tint of a child's initial: the same on every page, another for the next child of the famille."""

from django import template

register = template.Library()

TEINTES = 6  # as many as --teinte-… in static/css/jetons.css


@register.filter
def teinte(pk: int) -> int:
    """1 to 6, from the child's key."""
    return pk % TEINTES + 1
