"""All the invoices of a campaign for the printer: those that were sent, not others that look like them.

One file for a town; a city's campaign makes several, so that the memory they take does not grow with the city.
"""

import io
import tempfile
from functools import partial

import pikepdf
from django.core.files.base import File
from django.db.models import Max

from facturation.models import Cahier, CampagneDeFacturation, Facture
from socle.fichiers.depot import ranger

FACTURES_PAR_CAHIER = 2000  # a tenth of a MiB of memory each


def relier(campagne: CampagneDeFacturation) -> int:
    """Make the cahiers that are missing, in the order of the numbers; returns how many.

    None as long as the campaign is not issued; stops where a PDF is missing.
    """
    faits = 0
    while campagne.est_emise and (factures := _prochaines(campagne)):
        faits += _relier(campagne, factures)
    return faits


def _prochaines(campagne: CampagneDeFacturation) -> list[Facture]:
    """The invoices of the next cahier, or none: all are in one, or one of them has no PDF yet."""
    dernier = campagne.cahiers.aggregate(dernier=Max("dernier", default=0))["dernier"]
    suivantes = campagne.factures.filter(numero__gt=dernier).select_related("document").order_by("numero")
    factures = list(suivantes[:FACTURES_PAR_CAHIER])
    return factures if all(hasattr(facture, "document") for facture in factures) else []


def _relier(campagne: CampagneDeFacturation, factures: list[Facture]) -> bool:
    premier, dernier = factures[0].numero, factures[-1].numero
    nom = f"{campagne.regie.code}-{premier}-a-{dernier}"
    with tempfile.TemporaryFile() as fichier:
        with pikepdf.new() as papier:
            papier.docinfo["/Title"] = f"Factures {campagne.regie.code}, {campagne.periode}"
            for facture in factures:
                papier.pages.extend(_lire(facture).pages)
            papier.save(fichier)
        taille = fichier.tell()
        inscrire = partial(_inscrire, campagne, premier, dernier, len(factures), taille)
        return ranger(f"factures/{campagne.emise_le:%Y/%m}/cahier-{nom}.pdf", File(fichier), inscrire)


def _lire(facture: Facture) -> pikepdf.Pdf:
    # In memory: pages are read when the cahier is written, long after this file is closed.
    with facture.document.fichier.open("rb") as fichier:
        return pikepdf.open(io.BytesIO(fichier.read()))


def _inscrire(
    campagne: CampagneDeFacturation, premier: int, dernier: int, nombre: int, taille: int, fichier: str
) -> Cahier:
    return Cahier.objects.create(
        campagne=campagne, premier=premier, dernier=dernier, nombre=nombre, taille=taille, fichier=fichier
    )
