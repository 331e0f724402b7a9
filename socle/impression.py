"""How a paper is printed, whatever it says: a template, what it shows, a sheet of styles, and a PDF comes out.

Fonts and sheets are read once a process: they would take half of the time of a page. What a paper says is its app's.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


class Feuille(StrEnum):
    """The sheets of styles, among the static files."""

    COURRIER = "css/pdf/courrier.css"
    OPERATIONS = "css/pdf/operations.css"


def imprimer(gabarit: str, contexte: Mapping[str, object], feuille: Feuille) -> bytes:
    """The PDF, tagged for screen readers (PDF/UA). Its template also knows the town and its centre: see `en_tete`."""
    html = HTML(string=render_to_string(gabarit, {**en_tete(), **contexte}))
    return html.write_pdf(stylesheets=[_lire(feuille)], font_config=_polices(), pdf_variant="pdf/ua-1")


def en_tete() -> dict[str, object]:
    """The town and its centre, at the head of each paper."""
    return {
        "commune": settings.COMMUNE_NOM,
        "centre_nom": settings.CENTRE_NOM,
        "centre_adresse": settings.CENTRE_ADRESSE,
        "centre_telephone": settings.CENTRE_TELEPHONE,
        "centre_courriel": settings.CENTRE_COURRIEL,
        "centre_horaires": settings.CENTRE_HORAIRES,
    }


@lru_cache
def _polices() -> FontConfiguration:
    return FontConfiguration()


@lru_cache
def _lire(feuille: Feuille) -> CSS:
    return CSS(filename=finders.find(feuille), font_config=_polices())
