"""The PDFs of invoices: each drawn once, stored with its hash, never again, however many workers there are."""

import gc
import hashlib
import logging
from collections.abc import Iterable

from django.core.files.base import ContentFile

from facturation.models import DocumentFacture, Facture
from facturation.papiers.facture import imprimer_factures
from socle.fichiers.depot import noter, ranger, tout_ou_rien
from socle.ouvrier.memoire import sans_ramasse_miettes

logger = logging.getLogger(__name__)

LOT = 10  # drawn together: of twenty, none is quicker, and all take more memory


def rendre(factures: Iterable[int]) -> int:
    """Render and store those that have no PDF yet; returns how many.

    Those that another worker has in hand are left to it; one that cannot be drawn is logged, and stops nobody.
    """
    cles = sorted(factures)
    with sans_ramasse_miettes():
        return sum(_rendre_un_lot(cles[debut : debut + LOT]) for debut in range(0, len(cles), LOT))


def _rendre_un_lot(cles: list[int]) -> int:
    """Together, or one by one if they cannot be drawn together: the one at fault is found."""
    try:
        return _rendre(cles)
    except Exception:
        if len(cles) == 1:
            logger.exception("Invoice %s cannot be drawn.", cles[0])
            return 0
    finally:
        gc.collect()  # WeasyPrint's boxes know their parents
    return sum(_rendre_un_lot([cle]) for cle in cles)


@tout_ou_rien()
def _rendre(cles: list[int]) -> int:
    """Draw them under lock: two workers never draw the same one."""
    libres = Facture.objects.filter(pk__in=cles, document=None).select_related("regie", "famille").order_by("pk")
    prises = libres.prefetch_related("lignes").select_for_update(of=("self",), no_key=True, skip_locked=True)
    factures = list(prises)
    return sum(_ranger(facture, pdf) for facture, pdf in zip(factures, imprimer_factures(factures), strict=True))


def _ranger(facture: Facture, contenu: bytes) -> bool:
    empreinte = hashlib.sha256(contenu).hexdigest()
    return ranger(
        f"factures/{facture.date:%Y/%m}/{facture.reference}.pdf",
        ContentFile(contenu),
        lambda nom: _inscrire(facture, nom, empreinte),
    )


def _inscrire(facture: Facture, nom: str, empreinte: str) -> DocumentFacture:
    document = DocumentFacture.objects.create(facture=facture, fichier=nom, empreinte=empreinte)
    noter(document.fichier)
    return document
