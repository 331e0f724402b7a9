"""What corrects an invoice, on paper: its avoirs, and the page that goes before it once there are some.

The stored PDF of an invoice never changes: it is served behind a page that says what has become of it.
"""

import io

import pikepdf

from facturation.models import Avoir, Facture
from facturation.papiers.facture import par_enfant, signature
from socle.impression import Feuille, Papier, imprimer


def imprimer_avoir(avoir: Avoir) -> bytes:
    """The PDF, drawn when asked for from what never changes. Reads the lines."""
    contexte = {
        "avoir": avoir,
        "facture": avoir.facture,
        "regie": avoir.regie,
        "destinataire": avoir.facture.payeur.splitlines(),
        "enfants": par_enfant(avoir.lignes.all()),
    }
    papier = Papier("pdf/avoir.html", contexte, f"Avoir {avoir.reference}", auteur=signature(avoir.regie))
    return imprimer(papier, Feuille.OPERATIONS)


def preceder_d_un_avis(facture: Facture, original: bytes) -> bytes:
    """The stored paper behind the page that says what was taken back, what is paid and what is left."""
    avis = imprimer(_avis(facture), Feuille.OPERATIONS)
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(avis)) as document, pikepdf.open(io.BytesIO(original)) as facture_pdf:
        document.pages.extend(facture_pdf.pages)
        document.save(sortie)
    return sortie.getvalue()


def _avis(facture: Facture) -> Papier:
    est_annulee = not facture.reste_a_rendre()
    contexte = {
        "facture": facture,
        "regie": facture.regie,
        "destinataire": facture.payeur.splitlines(),
        "avoirs": list(facture.avoirs.select_related("regie").order_by("numero")),
        "paye": facture.montant_paye(),
        "reste": facture.reste_a_payer(),
        "est_annulee": est_annulee,
    }
    titre = f"Facture {facture.reference}, {'annulée' if est_annulee else 'corrigée'}"
    return Papier("pdf/avis_de_correction.html", contexte, titre, auteur=signature(facture.regie))
