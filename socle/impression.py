"""How a paper is printed, whatever it says: a template, what it shows, a sheet of styles, and a PDF comes out.

Papers of a kind are laid out in one document, then written each by itself: a style is computed once for all of them.
Fonts and sheets are read once a process. What a paper says is its app's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.text.fonts import FontConfiguration

from socle.reglages.centre import la_commune, le_centre
from socle.reglages.logo import dans_un_papier

VARIANTE = "pdf/ua-1"  # tagged, for screen readers


class Feuille(StrEnum):
    """The sheets of styles, among the static files."""

    COURRIER = "css/pdf/courrier.css"
    OPERATIONS = "css/pdf/operations.css"
    APPEL = "css/pdf/appel.css"
    EFFECTIFS = "css/pdf/effectifs.css"


@dataclass(frozen=True)
class Papier:
    """What is printed: a template and what it shows (it also knows the town and its centre: see `en_tete`).

    `titre` and `auteur` are the PDF's own: what the window that shows it says.
    """

    gabarit: str
    contexte: Mapping[str, object]
    titre: str
    auteur: str


def imprimer(papier: Papier, feuille: Feuille) -> bytes:
    """Its PDF, tagged (PDF/UA)."""
    [pdf] = imprimer_lot([papier], feuille)
    return pdf


def imprimer_lot(papiers: Sequence[Papier], feuille: Feuille) -> list[bytes]:
    """The PDF of each, to the byte what it would be if it were printed alone.

    Ten or so at a time: beyond, memory grows and nothing is gained. One that cannot be drawn fails them all.
    """
    if not papiers:
        return []
    textes = [render_to_string(papier.gabarit, {**en_tete(), **papier.contexte}) for papier in papiers]
    html = HTML(string=render_to_string("pdf/document.html", {"papiers": textes}))
    document = html.render(stylesheets=[_lire(feuille)], font_config=_polices(), pdf_variant=VARIANTE)
    parts = _partager(document.pages, len(papiers))
    return [_ecrire(document.copy(pages), papier) for papier, pages in zip(papiers, parts, strict=True)]


def en_tete() -> dict[str, object]:
    """The town and its centre, at the head of each paper."""
    centre = le_centre()
    return {
        "commune": la_commune().nom,
        "centre_nom": centre.nom,
        "centre_adresse": centre.adresse,
        "centre_telephone": centre.telephone,
        "centre_courriel": centre.courriel,
        "centre_horaires": centre.horaires,
        "logo": dans_un_papier(),
    }


def _partager(pages: Sequence[Page], nombre: int) -> list[list[Page]]:
    """The pages of each paper, by the address at its beginning (`pdf/document.html`).

    Raises ValueError unless each begins on a page of its own, in order: nobody must read the next one's.
    """
    debuts = [list(page.anchors) for page in pages]
    if not any(debuts[:1]) or [debut for debut in debuts if debut] != [[f"papier-{rang}"] for rang in range(nombre)]:
        raise ValueError(f"{nombre} papers begin at {debuts}")
    parts: list[list[Page]] = []
    for page in pages:
        if page.anchors:
            parts.append([])
            page.anchors.clear()  # known to us only: not written
        parts[-1].append(page)
    return parts


def _ecrire(document: Document, papier: Papier) -> bytes:
    """A copy has its own fonts, with the letters of its own pages only."""
    document.metadata = DocumentMetadata(title=papier.titre, authors=[papier.auteur], lang=document.metadata.lang)
    return document.write_pdf(pdf_variant=VARIANTE)


@lru_cache
def _polices() -> FontConfiguration:
    return FontConfiguration()


@lru_cache
def _lire(feuille: Feuille) -> CSS:
    return CSS(filename=finders.find(feuille), font_config=_polices())
