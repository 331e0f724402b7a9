"""What an invoice says on paper. Same sheet and tokens as the screens; `rendu` keeps it, and never draws it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from facturation.models import Facture, Ligne, Regie
from facturation.papiers.coupon import Coupon
from francais import date_courte, dates_courtes
from socle.impression import Feuille, Papier, imprimer_lot
from socle.reglages.centre import la_commune


@dataclass(frozen=True)
class LigneImprimee:
    """A line, ready for paper."""

    ligne: Ligne
    detail: str


def imprimer_facture(facture: Facture) -> bytes:
    """The PDF. Reads the lines."""
    [pdf] = imprimer_factures([facture])
    return pdf


def imprimer_factures(factures: Sequence[Facture]) -> list[bytes]:
    """The PDF of each: together they take a third less time. Reads the lines."""
    return imprimer_lot([_papier(facture) for facture in factures], Feuille.OPERATIONS)


def _papier(facture: Facture) -> Papier:
    periode = f"du {date_courte(facture.du)} au {date_courte(facture.au)}"
    contexte = {
        "facture": facture,
        "regie": facture.regie,
        "periode": periode,
        "moyens": facture.regie.moyens_de_paiement.splitlines(),
        "destinataire": facture.payeur.splitlines(),
        "enfants": par_enfant(facture.lignes.all()),
        "coupon": Coupon.de(facture),
    }
    return Papier(
        "pdf/facture.html", contexte, f"Facture {facture.reference}, {periode}", auteur=signature(facture.regie)
    )


def signature(regie: Regie) -> str:
    """Who says so: « Régie garderie ALSH, Saint-Jean »."""
    return f"{regie.nom}, {la_commune().nom}"


def par_enfant(lignes: Iterable[Ligne]) -> list[dict]:
    """Lines grouped by child, in the order in which they were issued."""
    groupes = groupby(lignes, key=lambda ligne: ligne.enfant_nom)
    return [{"nom": nom, "lignes": [LigneImprimee(ligne, detail(ligne)) for ligne in du]} for nom, du in groupes]


def detail(ligne: Ligne) -> str:
    """« 01, 08/04/2015 — Tranche 2, QF 612, tarif du 01/09/2014 »."""
    return " — ".join(filter(None, [dates_courtes(ligne.jours), ligne.explication]))
