"""What an error page needs when it is rendered without a request."""

from django import template

from portail.context_processors import coordonnees

register = template.Library()


@register.inclusion_tag("composants/contact.html")
def contact_du_centre() -> dict:
    """The centre's contact details, without any context processor."""
    return coordonnees()
