"""`{% heroicon_outline "home" size=20 %}` and its kin, each icon drawn once: a page shows some twenty of them."""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from heroicons.templatetags import heroicons

register = template.Library()


def _dessinee_une_fois(nom: str) -> None:
    """The package's tag of that name; it parses, copies and writes its SVG anew each time."""
    dessiner = lru_cache(maxsize=512)(getattr(heroicons, nom))

    @register.simple_tag(name=nom)
    def icone(symbole: str, **attributs: str | int | None) -> SafeString:
        return dessiner(symbole, **attributs)


for nom in ("heroicon_micro", "heroicon_mini", "heroicon_outline", "heroicon_solid"):
    _dessinee_une_fois(nom)
