"""The PDFs of invoices: each drawn once, stored with its hash, never again, however many workers there are."""

import gc
import hashlib
import logging

from django.core.files.base import ContentFile
from django.db import transaction

from facturation.models import DocumentFacture, Facture
from facturation.papiers.facture import imprimer_facture
from socle.fichiers.depot import ranger
from socle.memoire import sans_ramasse_miettes

logger = logging.getLogger(__name__)


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
    return facture is not None and _ranger(facture, imprimer_facture(facture))


def _ranger(facture: Facture, contenu: bytes) -> bool:
    empreinte = hashlib.sha256(contenu).hexdigest()
    return ranger(
        f"factures/{facture.date:%Y/%m}/{facture.reference}.pdf",
        ContentFile(contenu),
        lambda nom: DocumentFacture.objects.create(facture=facture, fichier=nom, empreinte=empreinte),
    )
