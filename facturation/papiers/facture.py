"""What an invoice says on paper. Same sheet and tokens as the screens; `rendu` keeps it, and never draws it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from facturation.models import Facture, Ligne
from facturation.papiers.coupon import Coupon
from francais import date_courte, dates_courtes
from socle.impression import Feuille, imprimer


@dataclass(frozen=True)
class LigneImprimee:
    """A line, ready for paper."""

    ligne: Ligne
    detail: str


def imprimer_facture(facture: Facture) -> bytes:
    """The PDF. Reads the lines."""
    contexte = {
        "facture": facture,
        "regie": facture.regie,
        "periode": f"du {date_courte(facture.du)} au {date_courte(facture.au)}",
        "moyens": facture.regie.moyens_de_paiement.splitlines(),
        "destinataire": facture.payeur.splitlines(),
        "enfants": par_enfant(facture.lignes.all()),
        "coupon": Coupon.de(facture),
    }
    return imprimer("pdf/facture.html", contexte, Feuille.OPERATIONS)


def par_enfant(lignes: Iterable[Ligne]) -> list[dict]:
    """Lines grouped by child, in the order in which they were issued."""
    groupes = groupby(lignes, key=lambda ligne: ligne.enfant_nom)
    return [{"nom": nom, "lignes": [LigneImprimee(ligne, detail(ligne)) for ligne in du]} for nom, du in groupes]


def detail(ligne: Ligne) -> str:
    """« 01, 08/04/2015 — Tranche 2, QF 612, tarif du 01/09/2014 »."""
    return " — ".join(filter(None, [dates_courtes(ligne.jours), ligne.explication]))
