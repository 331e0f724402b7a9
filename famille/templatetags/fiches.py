"""The values of a record, drawn by hand like the cells of a grid: a page of « Mon compte » has a hundred of them."""

from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from famille.fiches.section import Champs, Section

register = template.Library()
# What all records say alike: labels and columns. Never a value, which is somebody's.
libelle_echappe = lru_cache(maxsize=256)(escape)

NON_RENSEIGNE = (
    '<span class="non-renseigne"><span aria-hidden="true">—</span>'
    '<span class="visually-hidden">non renseigné</span></span>'
)


@register.filter
def sommaire(sections: list[Section]) -> SafeString:
    """A link to each."""
    return mark_safe("".join([f'<li><a href="#{s.code}">{escape(s.titre)}</a></li>' for s in sections]))


@register.filter
def ancre(section: Section) -> SafeString:
    """What leads to a section, and what names it: a code is a slug."""
    return mark_safe(f'id="{section.code}" aria-labelledby="titre-{section.code}"')


@register.filter
def titre(section: Section) -> SafeString:
    return mark_safe(f'<h2 id="titre-{section.code}">{escape(section.titre)}</h2>')


@register.filter
def champs(paires: Champs) -> SafeString:
    """Labels and values of a `dl`."""
    return mark_safe(
        "".join(f"<div><dt>{libelle_echappe(p['libelle'])}</dt><dd>{_dire(p['valeur'])}</dd></div>" for p in paires)
    )


@register.filter
def tetes_de_colonnes(colonnes: list[str]) -> SafeString:
    return mark_safe("".join([f'<th scope="col">{libelle_echappe(colonne)}</th>' for colonne in colonnes]))


@register.filter
def cellules(rangee: list[tuple[str, str]]) -> SafeString:
    """A row's cells; on a phone, each says its column."""
    return mark_safe(
        "".join(f'<td data-libelle="{libelle_echappe(colonne)}">{_dire(valeur)}</td>' for colonne, valeur in rangee)
    )


@register.filter
def en_une_ligne(cellules: list[str]) -> str:
    """« BERNARD Odile, Grand-mère, 06 11 22 33 44 »: what there is of a row."""
    return ", ".join(filter(None, cellules))


@register.filter
def ou_non_renseigne(valeur: str) -> SafeString:
    """The value, or what is shown, and read out, where there is none."""
    return mark_safe(_dire(valeur))


def _dire(valeur: str) -> str:
    return escape(valeur) if valeur else NON_RENSEIGNE
