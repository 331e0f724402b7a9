"""The PDF of an invoice: rendered once, stored with its hash, never again. Same sheet and tokens as the screens."""

import gc
import hashlib
import logging
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from facturation.models import DocumentFacture, Facture, Ligne
from francais import date_courte, dates_courtes
from socle.fichiers.depot import ranger
from socle.memoire import sans_ramasse_miettes

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LigneImprimee:
    """A line, ready for paper."""

    ligne: Ligne
    detail: str


def rendre(factures: list[int]) -> int:
    """Render and store those that have no PDF yet; returns how many.

    Those that another worker has in hand are left to it; one that cannot be drawn is logged, and stops nobody.
    """
    rendues = 0
    with sans_ramasse_miettes():
        for pk in sorted(factures):
            try:
                rendues += _rendre_une(pk)
            except Exception:
                logger.exception("Invoice %s cannot be drawn.", pk)
            gc.collect()  # WeasyPrint's boxes know their parents
    return rendues


@transaction.atomic
def _rendre_une(pk: int) -> bool:
    """Draw it under lock: two workers never draw the same one."""
    libres = Facture.objects.filter(pk=pk, document=None).select_related("regie", "famille")
    facture = libres.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    return facture is not None and _ranger(facture, imprimer(facture))


def imprimer(facture: Facture) -> bytes:
    """The PDF, tagged for screen readers (PDF/UA). Reads the lines."""
    html = HTML(string=render_to_string("pdf/facture.html", contexte(facture)))
    return html.write_pdf(stylesheets=[feuille()], font_config=polices(), pdf_variant="pdf/ua-1")


def contexte(facture: Facture) -> dict:
    """What the template prints."""
    lien = settings.PORTAIL_ADRESSE.rstrip("/") + facture.adresse_de_paiement
    return {
        "facture": facture,
        "regie": facture.regie,
        "periode": f"du {date_courte(facture.du)} au {date_courte(facture.au)}",
        "moyens": facture.regie.moyens_de_paiement.splitlines(),
        "destinataire": facture.payeur.splitlines(),
        "enfants": _par_enfant(facture.lignes.all()),
        "lien": lien,
        # Few and large squares: the paper stays clean. Any mask can be read: to try the eight of them takes longer than
        # to draw the code.
        "qr": segno.make_qr(lien, error="l", mask=0).svg_data_uri(border=0, dark="#000000"),
        **entete(),
    }


def entete() -> dict:
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
def polices() -> FontConfiguration:
    return FontConfiguration()


@lru_cache
def feuille() -> CSS:
    """Parsed once: half of the time of a page."""
    return CSS(filename=finders.find("css/pdf/operations.css"), font_config=polices())


def _par_enfant(lignes: list[Ligne]) -> list[dict]:
    """Lines grouped by child, in the order in which they were issued."""
    groupes = groupby(lignes, key=lambda ligne: ligne.enfant_nom)
    return [{"nom": nom, "lignes": [LigneImprimee(ligne, _detail(ligne)) for ligne in du]} for nom, du in groupes]


def _detail(ligne: Ligne) -> str:
    """« 01, 08/04/2015 — Tranche 2, QF 612, tarif du 01/09/2014 »."""
    return " — ".join(filter(None, [dates_courtes(ligne.jours), ligne.explication]))


def _ranger(facture: Facture, contenu: bytes) -> bool:
    empreinte = hashlib.sha256(contenu).hexdigest()
    return ranger(
        f"factures/{facture.date:%Y/%m}/{facture.reference}.pdf",
        ContentFile(contenu),
        lambda nom: DocumentFacture.objects.create(facture=facture, fichier=nom, empreinte=empreinte),
    )
