"""All the invoices of a campaign as one PDF, for the printer: those that were sent, not others that look like them."""

import tempfile
from typing import IO

from pypdf import PdfWriter

from facturation.models import CampagneDeFacturation, DocumentFacture


def assembler(campagne: CampagneDeFacturation) -> IO[bytes] | None:
    """A temporary file, in the order of the numbers; None as long as a PDF is missing, or without any invoice."""
    documents = DocumentFacture.objects.filter(facture__campagne=campagne).order_by("facture__numero")
    if not documents or len(documents) < campagne.factures.count():
        return None
    with PdfWriter() as papier:
        papier.add_metadata({"/Title": f"Factures {campagne}"})
        for document in documents:
            with document.fichier.open("rb") as fichier:
                papier.append(fichier)
        sortie = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the answer that sends it
        papier.write(sortie)
    sortie.seek(0)
    return sortie
