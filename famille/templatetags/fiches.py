"""The values of a record, drawn by hand like the cells of a grid: a page of « Mon compte » has a hundred of them."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from famille.fiches.section import Champs

register = template.Library()

NON_RENSEIGNE = (
    '<span class="non-renseigne"><span aria-hidden="true">—</span>'
    '<span class="visually-hidden">non renseigné</span></span>'
)


@register.filter
def champs(paires: Champs) -> SafeString:
    """Labels and values of a `dl`."""
    return mark_safe(
        "".join(f"<div><dt>{escape(p['libelle'])}</dt><dd>{_dire(p['valeur'])}</dd></div>" for p in paires)
    )


@register.filter
def cellules(rangee: list[tuple[str, str]]) -> SafeString:
    """A row's cells; on a phone, each says its column."""
    return mark_safe(
        "".join(f'<td data-libelle="{escape(colonne)}">{_dire(valeur)}</td>' for colonne, valeur in rangee)
    )


@register.filter
def ou_non_renseigne(valeur: str) -> SafeString:
    """The value, or what is shown, and read out, where there is none."""
    return mark_safe(_dire(valeur))


def _dire(valeur: str) -> str:
    return escape(valeur) if valeur else NON_RENSEIGNE
